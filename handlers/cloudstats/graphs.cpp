#include "handlers/cloudstats/graphs.h"

#include <algorithm>
#include <map>
#include <set>

#include "handlers/cloudstats/instance_pages.h"
#include "handlers/graphs/endpoint.h"

namespace portal::cloudstats {
namespace {

using namespace graph;
using promql::Expr;
using promql::Selector;
using Names = std::set<std::string, std::less<>>;

constexpr promql::Literal kAllocated = "allocated";

/// Sums by machine in a project, by a part of it in a machine: one that moved to another host has
/// two series for a while.
Expr split(const Which& which, promql::Literal detail, const Expr& series) {
    return which.uuid.empty() ? promql::sum_by({"uuid", "instance_name"}, series)
                              : promql::sum_by({detail}, series);
}

/// Each part of each machine once, from whichever server or host tells most.
Expr parts(const Which& which, promql::Literal detail, const Line& line, const Ask& ask) {
    const Expr each = sampled(line.metric, which.of(line.metric), ask);
    return split(which, detail, promql::max_by({"uuid", "instance_name", detail}, each));
}

Expr cores(const Line& line, const Which& which, const Ask& ask) {
    if (!line.is(kAllocated)) return parts(which, "vcpu", line, ask);
    const Selector selector = which.of(line.metric);
    // Something for each series that there is, without skipping samples between points.
    const Expr present =
        ask.grid.step < 2 * ask.interval ? selector.now() : selector.present_over(ask.grid.step);
    return promql::count_by({}, promql::count_by({"uuid", "vcpu"}, present));
}

/// Machines without a balloon driver do not say what they use: they are no line, and not zero. One
/// that moves to another host is seen on both for a while.
Expr memory(const Line& line, const Which& which, const Ask& ask) {
    const auto value = [&](const metric::Metric& metric) {
        return sampled(metric, which.of(metric), ask);
    };
    const Expr all = value(line.metric);
    if (line.is(kAllocated)) return promql::sum(promql::max_by({"uuid"}, all));
    const Expr used = promql::bounded(all - value(metric::kVmMemoryUsable), line.metric.bounds);
    return split(which, "uuid", promql::max_by({"uuid", "instance_name"}, used));
}

Expr disks(const Line& line, const Which& which, const Ask& ask) {
    return parts(which, "device", line, ask);
}

Expr network(const Line& line, const Which& which, const Ask& ask) {
    return parts(which, "interface", line, ask);
}

/// Word key of a line of one machine's cores, and of its disks: not of those of a project.
std::string core_id(const prometheus::Series& series) {
    return series.label("uuid").empty() ? "core" : "used";
}
std::string disk_id(const prometheus::Series& series) {
    const std::string way(series.label("part"));
    return series.label("uuid").empty() ? "device_" + way : way;
}

/// Names that several machines have.
Names shared_names(const std::vector<prometheus::Series>& all) {
    std::map<std::string_view, std::set<std::string_view>> owners;
    for (const prometheus::Series& series : all) {
        const auto uuid = series.label("uuid");
        if (!uuid.empty()) owners[series.label("instance_name")].insert(uuid);
    }
    Names shared;
    for (const auto& [name, uuids] : owners) {
        if (uuids.size() > 1) shared.emplace(name);
    }
    return shared;
}

/// What a machine is called: by its name, with the UUID if others have that name, too.
std::string name_of(const Series& line, const Names& shared) {
    const std::string name(line.label("instance_name"));
    std::string uuid(line.label("uuid"));
    if (name.empty()) return uuid;
    return shared.contains(name) ? name + ' ' + uuid : name;
}

/// The lines of a project get the label `instance` in place of what names a machine to Prometheus.
/// The line of what is allocated comes last.
Finish name_machines(const Which& which, const Ask& /*ask*/, Context& /*context*/) {
    return [project = which.uuid.empty()](Drawn drawn, const Lines& lines) {
        const Names shared = shared_names(lines.set.series);
        for (Graph& graph : drawn.graphs) {
            for (Series& line : graph.series) {
                std::string name = name_of(line, shared);
                drop_label(line, "instance_name");
                drop_label(line, "uuid");
                if (!project || name.empty()) continue;
                line.labels.insert(line.labels.begin(), {"instance", std::move(name)});
            }
            std::stable_partition(graph.series.begin(), graph.series.end(),
                                  [](const auto& line) { return line.id != kAllocated.text(); });
        }
        return drawn;
    };
}

Family<Which> family(const std::string& slug, Unit unit, Stack stack, std::string_view detail,
                     std::vector<Line> lines,
                     Expr (*question)(const Line&, const Which&, const Ask&)) {
    return {.slug = slug,
            .exporter = &exporter<&Exporters::cloud>,
            .graphs = {{.slug = slug,
                        .unit = unit,
                        .stack = stack,
                        .lines = std::move(lines),
                        .labels = {"instance_name", "uuid", detail},
                        .fold = &fold_to_worst<Worst::Highest>}},
            .question = question,
            .beside = &name_machines};
}

Families<Which> families() {
    return {
        family("cpu", unit::kCores, Stack::Yes, "vcpu",
               {{.part = "used", .metric = metric::kVmCpuTime, .id_of = &core_id},
                {.part = kAllocated, .metric = metric::kVmCpuTime, .how = How::Count}},
               &cores),
        family("memory", unit::kBytes, Stack::Yes, "",
               {{"used", metric::kVmMemory}, {kAllocated, metric::kVmMemory}}, &memory),
        family("disk_bandwidth", unit::kBytesPerSecond, Stack::No, "device",
               {{.part = "read", .metric = metric::kVmReadBytes, .id_of = &disk_id},
                {.part = "write", .metric = metric::kVmWriteBytes, .id_of = &disk_id}},
               &disks),
        family("disk_iops", unit::kOperationsPerSecond, Stack::No, "device",
               {{.part = "read", .metric = metric::kVmReadRequests, .id_of = &disk_id},
                {.part = "write", .metric = metric::kVmWriteRequests, .id_of = &disk_id}},
               &disks),
        family("network_bandwidth", unit::kBytesPerSecond, Stack::No, "interface",
               {{"received", metric::kVmReceivedBytes}, {"transmitted", metric::kVmSentBytes}},
               &network),
    };
}

}  // namespace

const Page<Which>& cloud_graphs() {
    static const Page<Which> kPage = {families(), kCloudRanges,
                                      [](const Visit& visit, Context& context) -> Result<Which> {
                                          return which_of(visit, context.site);
                                      }};
    return kPage;
}

}  // namespace portal::cloudstats
