#include "handlers/jobstats/graphs/network_graph.h"

#include <algorithm>
#include <map>

#include "fcgi/base/ascii.h"

namespace portal::jobstats {
namespace {

using namespace graph;
using promql::Expr;
using promql::Selector;

constexpr double kBitsApart = 1e9;

constexpr promql::Literal kEthernetReceived = "ethernet_received";
constexpr promql::Literal kEthernetTransmitted = "ethernet_transmitted";

/// The machine itself, containers, virtual machines and tunnels, whose bytes a real device carries
/// if they leave the node; and InfiniBand, which has counters of its own.
constexpr promql::Literal kNotEthernet =
    "lo|(bond[-_]?|mlx[0-9]+_)?ib.*|veth.*|docker.*|podman.*|br-.*|virbr.*|vnet.*|lxc.*|cali.*|"
    "cni.*|cilium.*|flannel.*|kube-.*|nodelocaldns|vxlan.*|ovs-.*|tun.*|tap.*|macvtap.*|wg.*|"
    "gre.*|sit.*|ip6.*|ifb.*|dummy.*";

bool is_ethernet(const Line& line) {
    return line.is(kEthernetReceived) || line.is(kEthernetTransmitted);
}

Expr traffic(const Line& line, const JobRun& run, const Ask& ask) {
    Selector nodes(line.metric);
    nodes.host_one_of("instance", hosts_of(run, ask.site, ""));
    if (is_ethernet(line)) nodes.not_matching("device", kNotEthernet);
    return sampled(line.metric, nodes, ask);
}

/// What a device is made of: 0 hardware, 1 a bond or a bridge of such devices, 2 a VLAN.
int layer_of(std::string_view device) {
    const auto dot = device.rfind('.');
    const bool numbered = dot != std::string_view::npos && dot + 1 < device.size() &&
                          std::all_of(device.begin() + static_cast<std::ptrdiff_t>(dot) + 1,
                                      device.end(), &ascii::is_digit);
    if (numbered || device.starts_with("vlan")) return 2;
    const bool bridge = device.starts_with("br") && device.size() > 2 && ascii::is_digit(device[2]);
    return bridge || device.starts_with("bond") || device.starts_with("team") ? 1 : 0;
}

/// Keeps the lowest layer that each node shows.
void keep_lowest(std::vector<Series>& lines) {
    std::map<std::string, int> lowest;
    for (const Series& line : lines) {
        const int layer = layer_of(line.label("device"));
        const auto [node, fresh] = lowest.try_emplace(node_key(line.label("node")), layer);
        node->second = std::min(node->second, layer);
    }
    std::erase_if(lines, [&](const Series& line) {
        return layer_of(line.label("device")) > lowest.at(node_key(line.label("node")));
    });
}

Finish finish_network(const JobRun& /*run*/, const Ask& /*ask*/, Context& /*context*/) {
    return [](Drawn drawn, const Lines& /*lines*/) {
        keep_lowest(drawn.named("ethernet_bdw").series);
        return drawn;
    };
}

Row of_ports(const std::string& slug, std::vector<Line> lines, Zeros zeros) {
    return {.slug = slug,
            .unit = unit::kBitsPerSecond,
            .lines = std::move(lines),
            .labels = {"node", "device", "port"},
            .fold = &fold_to_worst<Worst::Highest>,
            .zeros = zeros,
            .by_node = NodeView{.worst = Worst::Highest, .apart = kBitsApart}};
}

}  // namespace

Family<JobRun> network_family() {
    return {
        .slug = "network",
        .section = "node",
        .exporter = &exporter<&Exporters::node>,
        .graphs = {of_ports("infiniband_bdw",
                            {{"received", metric::kInfinibandReceived},
                             {"transmitted", metric::kInfinibandTransmitted}},
                            Zeros::Shown),
                   of_ports("ethernet_bdw",
                            {{kEthernetReceived, metric::kEthernetReceived, "received"},
                             {kEthernetTransmitted, metric::kEthernetTransmitted, "transmitted"}},
                            Zeros::Dropped)},
        .question = &traffic,
        .beside = &finish_network};
}

}  // namespace portal::jobstats
