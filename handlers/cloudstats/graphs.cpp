#include "handlers/cloudstats/graphs.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "fcgi/http/http_error.h"
#include "handlers/cloudstats/instance_pages.h"
#include "handlers/graphs/graph.h"
#include "handlers/graphs/time_grid.h"
#include "handlers/page/pages.h"
#include "handlers/sources/prometheus/exporters.h"

namespace portal::cloudstats {
namespace {

using graph::Graph;
using promql::Expr;
using promql::Literal;
using promql::Selector;

constexpr double kNano = 1e-9;
constexpr double kKibibyte = 1024;
constexpr std::array<std::string_view, 5> kSlugs = {"cpu", "memory", "disk_bandwidth", "disk_iops",
                                                    "network_bandwidth"};

/// What a graph asks about.
struct Ask {
    const Which& which;
    prometheus::Grid grid;
    Seconds interval;

    [[nodiscard]] bool whole_project() const { return which.uuid.empty(); }
    [[nodiscard]] Expr rate(Literal metric) const {
        return which.of(metric).rate(rate_window(grid, interval));
    }
    [[nodiscard]] Expr value(Literal metric) const {
        return gauge(which.of(metric), grid, interval);
    }
    /// Something for each series that there is, without skipping samples between points.
    [[nodiscard]] Expr presence(Literal metric) const {
        const Selector selector = which.of(metric);
        return grid.step < 2 * interval ? selector.now() : selector.present_over(grid.step);
    }
};

/// One direction: a line for each machine, or for each part of one.
struct Direction {
    Literal part;
    Literal metric;
};

/// A graph of counters as rates.
struct Rates {
    std::string_view slug;
    graph::Unit unit;
    Literal detail;  ///< label of the parts of one machine
    std::array<Direction, 2> directions;
};

constexpr Rates kRates[] = {
    {"disk_bandwidth",
     graph::Unit::BytesPerSecond,
     "device",
     {{{"read", metric::kVmReadBytes}, {"write", metric::kVmWriteBytes}}}},
    {"disk_iops",
     graph::Unit::OperationsPerSecond,
     "device",
     {{{"read", metric::kVmReadRequests}, {"write", metric::kVmWriteRequests}}}},
    {"network_bandwidth",
     graph::Unit::BytesPerSecond,
     "interface",
     {{{"received", metric::kVmReceivedBytes}, {"transmitted", metric::kVmSentBytes}}}},
};

/// Sums by machine in a project, by a part of it in a machine: one that moved to another host has
/// two series for a while.
Expr split(const Ask& ask, Literal detail, const Expr& series) {
    return ask.whole_project() ? promql::sum_by({"uuid", "instance_name"}, series)
                               : promql::sum_by({detail}, series);
}

Expr cpu_question(const Ask& ask) {
    const Expr vcpus = promql::count_by({"uuid", "vcpu"}, ask.presence(metric::kVmCpuTime));
    return promql::either(promql::tagged("used", split(ask, "vcpu", ask.rate(metric::kVmCpuTime))),
                          promql::tagged("allocated", promql::count_by({}, vcpus)));
}

/// Machines without a balloon driver do not say what they use: they are no line, and not zero.
Expr memory_question(const Ask& ask) {
    // A machine that moves to another host is seen on both for a while.
    const Expr used =
        promql::max_by({"uuid", "instance_name"},
                       ask.value(metric::kVmMemory) - ask.value(metric::kVmMemoryUsable));
    const Expr all = promql::max_by({"uuid"}, ask.value(metric::kVmMemory));
    return promql::either(promql::tagged("used", split(ask, "uuid", used)),
                          promql::tagged("allocated", promql::sum(all)));
}

Expr rates_question(const Ask& ask, const Rates& rates) {
    std::vector<Expr> parts;
    for (const Direction& one : rates.directions) {
        parts.push_back(promql::tagged(one.part, split(ask, rates.detail, ask.rate(one.metric))));
    }
    return joined(parts);
}

/// Names that several machines have.
std::set<std::string, std::less<>> shared_names(const std::vector<prometheus::Series>& all) {
    std::map<std::string_view, std::set<std::string_view>> owners;
    for (const prometheus::Series& series : all) {
        const auto uuid = series.label("uuid");
        if (!uuid.empty()) owners[series.label("instance_name")].insert(uuid);
    }
    std::set<std::string, std::less<>> shared;
    for (const auto& [name, uuids] : owners) {
        if (uuids.size() > 1) shared.emplace(name);
    }
    return shared;
}

/// The machine that a series is of, its UUID behind a name that is not its own alone.
std::vector<prometheus::Label> machine_label(const prometheus::Series& series,
                                             const std::set<std::string, std::less<>>& shared) {
    std::string name(series.label("instance_name"));
    const std::string uuid(series.label("uuid"));
    if (name.empty()) {
        name = uuid;
    } else if (shared.contains(name)) {
        name += ' ' + uuid;
    }
    return {{"instance", std::move(name)}};
}

std::vector<prometheus::Label> detail_label(const prometheus::Series& series,
                                            std::string_view detail) {
    const auto value = series.label(detail);
    if (value.empty()) return {};
    return {{std::string(detail), std::string(value)}};
}

/// A graph without its lines, and what to ask for them.
struct Plan {
    Graph graph;
    Expr query;
    std::string_view detail;  ///< label that the lines of one machine carry; empty: none
    double factor;
    double allocated_factor;
};

Plan plan_of(std::string_view slug, const Ask& ask) {
    Graph graph;
    graph.slug = slug;
    if (slug == "cpu") {
        graph.unit = graph::Unit::Cores;
        graph.stack = graph::Stack::Yes;
        return {std::move(graph), cpu_question(ask), "vcpu", kNano, 1};
    }
    if (slug == "memory") {
        graph.unit = graph::Unit::Bytes;
        graph.stack = graph::Stack::Yes;
        return {std::move(graph), memory_question(ask), "", kKibibyte, kKibibyte};
    }
    for (const Rates& rates : kRates) {
        if (rates.slug != slug) continue;
        graph.unit = rates.unit;
        return {std::move(graph), rates_question(ask, rates), rates.detail.text(), 1, 1};
    }
    throw HttpError(404, "");
}

/// Word key of a line: of one machine, each core and disk is named.
std::string word_of(const std::string& part, const Plan& plan, const Ask& ask) {
    if (ask.whole_project() || part == "allocated") return part;
    if (plan.graph.slug == "cpu") return "core";
    return plan.graph.slug.starts_with("disk_") ? "device_" + part : part;
}

void add_lines(Plan& plan, prometheus::SeriesSet set, const Ask& ask) {
    const auto shared = shared_names(set.series);
    std::vector<graph::Series>& lines = plan.graph.series;
    for (prometheus::Series& series : set.series) {
        const std::string part(series.label("part"));
        const bool allocated = part == "allocated";
        std::vector<prometheus::Label> labels;
        if (!allocated) {
            labels = ask.whole_project() ? machine_label(series, shared)
                                         : detail_label(series, plan.detail);
        }
        const double factor = allocated ? plan.allocated_factor : plan.factor;
        lines.push_back(graph::take(series, word_of(part, plan, ask), labels, factor));
    }
}

Response answer(const Visit& visit, const Which& which, Context& context) {
    const std::string& slug = visit.captures.graph;
    const bool all = graph::wants_all_series(visit.request);
    const Seconds interval = context.site.exporters.cloud.interval;
    const TimeRange range = page_range(visit.request, context.clock.now(), kCloudRanges);
    const Ask ask{which, grid_for(range, interval), interval};
    Plan plan = plan_of(slug, ask);
    auto found = context.metrics.collect(context.metrics.ask({plan.query, ask.grid}));
    if (!found.ok()) return source_missing_json(found.error());
    add_lines(plan, std::move(found).value(), ask);
    if (!all) graph::fold_min_median_max(plan.graph, graph::Worst::Highest);
    std::stable_partition(plan.graph.series.begin(), plan.graph.series.end(),
                          [](const graph::Series& line) { return line.id != "allocated"; });
    return graph::respond({range, true, ask.grid, {std::move(plan.graph)}, {}}, "", interval);
}

}  // namespace

std::span<const std::string_view> graph_slugs() {
    return kSlugs;
}

Response project_graph(const Visit& visit, Context& context) {
    return answer(visit, project_of(visit, context.site), context);
}

Response instance_graph(const Visit& visit, Context& context) {
    return answer(visit, instance_of(visit, context.site), context);
}

}  // namespace portal::cloudstats
