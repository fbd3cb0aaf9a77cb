#include <array>

#include "handlers/graphs/time_grid.h"
#include "handlers/jobstats/graphs/job_graphs.h"
#include "handlers/sources/prometheus/exporters.h"

namespace portal::jobstats {
namespace {

using graph::Graph;
using graph::Stack;
using graph::Unit;
using promql::Expr;
using promql::Selector;

constexpr double kBitsPerByte = 8;

/// One counter or gauge of the nodes: part of a query, and where its series go.
struct Line {
    const char* part;
    std::size_t graph;
    double factor;
};

Selector of_nodes(promql::Literal metric, const std::vector<std::string>& hosts) {
    return Selector(metric).host_one_of("instance", hosts);
}

Graph blank(const char* slug, Unit unit) {
    Graph graph;
    graph.slug = slug;
    graph.unit = unit;
    return graph;
}

/// Labels of a node's line: the node, and what tells its devices apart.
std::vector<prometheus::Label> labels_of(const prometheus::Series& series, const Site& site) {
    std::vector<prometheus::Label> labels = {
        {"node", graph::node_of(series.label("instance"), site.exporters.node.domain)}};
    for (const char* name : {"device", "port"}) {
        if (!series.label(name).empty()) labels.push_back({name, std::string(series.label(name))});
    }
    return labels;
}

/// Asks, and sorts the series into graphs by their part.
Result<std::vector<Graph>> answer_lines(const Expr& query, std::span<const Line> lines,
                                        std::vector<Graph> graphs, const GraphRequest& ask,
                                        Context& context) {
    auto answer = context.metrics.collect(context.metrics.ask({query, ask.grid}));
    if (!answer.ok()) return answer.error();
    prometheus::SeriesSet set = std::move(answer).value();
    for (prometheus::Series& series : set.series) {
        const std::string part(series.label("part"));
        for (const Line& line : lines) {
            if (part != line.part) continue;
            graphs[line.graph].series.push_back(
                graph::take(series, part, labels_of(series, ask.site), line.factor));
        }
    }
    for (Graph& graph : graphs) {
        if (!ask.all_series) graph::fold_min_median_max(graph, graph::Worst::Highest);
    }
    return graphs;
}

}  // namespace

Result<std::vector<Graph>> network_graphs(const GraphRequest& ask, Context& context) {
    constexpr std::array<Line, 2> kLines = {
        {{"received", 0, kBitsPerByte}, {"transmitted", 0, kBitsPerByte}}};
    const auto hosts = hosts_of(ask.run, ask.site, "");
    const Seconds window = rate_window(ask.grid, ask.interval);
    const Expr query = promql::either(
        promql::tagged("received", of_nodes(metric::kInfinibandReceived, hosts).rate(window)),
        promql::tagged("transmitted",
                       of_nodes(metric::kInfinibandTransmitted, hosts).rate(window)));
    return answer_lines(query, kLines, {blank("infiniband_bdw", Unit::BitsPerSecond)}, ask,
                        context);
}

Result<std::vector<Graph>> disk_graphs(const GraphRequest& ask, Context& context) {
    constexpr std::array<Line, 5> kLines = {{{"disk_reads", 0, 1},
                                             {"disk_writes", 0, 1},
                                             {"disk_read", 1, 1},
                                             {"disk_written", 1, 1},
                                             {"disk_used", 2, 1}}};
    const auto hosts = hosts_of(ask.run, ask.site, "");
    const Seconds window = rate_window(ask.grid, ask.interval);
    const NodeExporter& node = ask.site.exporters.node;
    const auto disk = [&](promql::Literal metric) {
        return of_nodes(metric, hosts).one_of("device", node.disk_devices).rate(window);
    };
    const auto space = [&](promql::Literal metric) {
        const Selector selector = of_nodes(metric, hosts).eq("mountpoint", node.scratch_mount);
        return gauge(selector, ask.grid, ask.interval);
    };
    const Expr used = promql::minus_on({"instance", "device"}, space(metric::kFilesystemSize),
                                       space(metric::kFilesystemAvailable));
    const Expr query = promql::either({
        promql::tagged("disk_reads", disk(metric::kDiskReads)),
        promql::tagged("disk_writes", disk(metric::kDiskWrites)),
        promql::tagged("disk_read", disk(metric::kDiskReadBytes)),
        promql::tagged("disk_written", disk(metric::kDiskWrittenBytes)),
        promql::tagged("disk_used", used),
    });
    return answer_lines(query, kLines,
                        {blank("disk_iops", Unit::OperationsPerSecond),
                         blank("disk_bdw", Unit::BytesPerSecond), blank("disk_used", Unit::Bytes)},
                        ask, context);
}

}  // namespace portal::jobstats
