#include "handlers/cloudstats/graphs.h"

#include <algorithm>
#include <map>
#include <set>

#include "handlers/cloudstats/instance_pages.h"
#include "handlers/graphs/endpoint.h"
#include "handlers/graphs/fold.h"

namespace portal::cloudstats {
namespace {

using graph::Ask;
using graph::Drawn;
using graph::Graph;
using graph::Line;
using graph::Stack;
using graph::Unit;
namespace unit = graph::unit;
using promql::Expr;
using promql::Selector;
using Family = graph::Family<Which>;
using Names = std::set<std::string, std::less<>>;

constexpr promql::Literal kAllocated = "allocated";

bool whole_project(const Which& which) {
    return which.uuid.empty();
}

bool is_allocated(const Line& line) {
    return line.part.text() == kAllocated.text();
}

/// Sums by machine in a project, by a part of it in a machine: one that moved to another host has
/// two series for a while.
Expr split(const Which& which, promql::Literal detail, const Expr& series) {
    return whole_project(which) ? promql::sum_by({"uuid", "instance_name"}, series)
                                : promql::sum_by({detail}, series);
}

/// Each part of each machine once, from whichever server or host tells most.
Expr parts(const Which& which, promql::Literal detail, const Line& line, const Ask& ask) {
    const Expr each = sampled(line.metric, which.of(line.metric), ask);
    return split(which, detail, promql::max_by({"uuid", "instance_name", detail}, each));
}

Expr cores(const Line& line, const Which& which, const Ask& ask) {
    const Selector selector = which.of(line.metric);
    if (!is_allocated(line)) return parts(which, "vcpu", line, ask);
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
    if (is_allocated(line)) return promql::sum(promql::max_by({"uuid"}, all));
    return split(which, "uuid",
                 promql::max_by({"uuid", "instance_name"}, all - value(metric::kVmMemoryUsable)));
}

Expr disks(const Line& line, const Which& which, const Ask& ask) {
    return parts(which, "device", line, ask);
}

Expr network(const Line& line, const Which& which, const Ask& ask) {
    return parts(which, "interface", line, ask);
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

/// Gives each series the label `instance`: the name of its machine, with the UUID if others have
/// that name too.
void name_machines(prometheus::SeriesSet& found) {
    const Names shared = shared_names(found.series);
    for (prometheus::Series& series : found.series) {
        std::string name(series.label("instance_name"));
        const std::string uuid(series.label("uuid"));
        if (name.empty()) {
            name = uuid;
        } else if (shared.contains(name)) {
            name += ' ' + uuid;
        }
        series.labels.push_back({"instance", std::move(name)});
    }
}

/// Word keys of one machine, of which each core and disk is named.
void name_details(Graph& graph) {
    for (graph::Series& line : graph.series) {
        if (line.id == kAllocated.text()) continue;
        if (graph.slug == "cpu") line.id = "core";
        if (graph.slug.starts_with("disk_")) line.id.insert(0, "device_");
    }
}

Result<Drawn> draw_machines(const Family& family, const Which& which, const Ask& ask,
                            Context& context) {
    auto found = family.collect_lines(family.ask_lines(which, ask, context), which, ask, context);
    if (!found.ok()) return found.error();
    prometheus::SeriesSet set = std::move(found.value().set);
    if (whole_project(which)) name_machines(set);
    Drawn drawn{sort_parts(family.graphs, set, ask.site)};
    for (Graph& graph : drawn.graphs) {
        if (!whole_project(which)) name_details(graph);
        if (ask.detail == graph::Detail::Summary)
            graph::fold_min_median_max(graph, graph::Worst::Highest);
        std::stable_partition(graph.series.begin(), graph.series.end(),
                              [](const auto& line) { return line.id != kAllocated.text(); });
    }
    return drawn;
}

Family family(std::string_view slug, Unit unit, Stack stack, std::string_view detail,
              std::vector<Line> lines, Expr (*question)(const Line&, const Which&, const Ask&)) {
    return {.slug = slug,
            .exporter = &graph::exporter<&Exporters::cloud>,
            .graphs = {{.slug = slug,
                        .unit = unit,
                        .stack = stack,
                        .lines = std::move(lines),
                        .labels = {"instance", detail}}},
            .question = question,
            .draw = &draw_machines};
}

Result<Which> project(const Visit& visit, Context& context) {
    return project_of(visit, context.site);
}

Result<Which> instance(const Visit& visit, Context& context) {
    return instance_of(visit, context.site);
}

}  // namespace

const graph::Families<Which>& cloud_families() {
    static const graph::Families<Which> kFamilies = {
        family("cpu", unit::kCores, Stack::Yes, "vcpu",
               {{"used", metric::kVmCpuTime},
                {.part = kAllocated, .metric = metric::kVmCpuTime, .how = graph::How::Count}},
               &cores),
        family("memory", unit::kBytes, Stack::Yes, "",
               {{"used", metric::kVmMemory}, {kAllocated, metric::kVmMemory}}, &memory),
        family("disk_bandwidth", unit::kBytesPerSecond, Stack::No, "device",
               {{"read", metric::kVmReadBytes}, {"write", metric::kVmWriteBytes}}, &disks),
        family("disk_iops", unit::kOperationsPerSecond, Stack::No, "device",
               {{"read", metric::kVmReadRequests}, {"write", metric::kVmWriteRequests}}, &disks),
        family("network_bandwidth", unit::kBytesPerSecond, Stack::No, "interface",
               {{"received", metric::kVmReceivedBytes}, {"transmitted", metric::kVmSentBytes}},
               &network),
    };
    return kFamilies;
}

Response project_graph(const Visit& visit, Context& context) {
    const graph::Page<Which> page{cloud_families(), kCloudRanges, &project};
    return graph::answer(page, visit.captures.graph, visit, context);
}

Response instance_graph(const Visit& visit, Context& context) {
    const graph::Page<Which> page{cloud_families(), kCloudRanges, &instance};
    return graph::answer(page, visit.captures.graph, visit, context);
}

}  // namespace portal::cloudstats
