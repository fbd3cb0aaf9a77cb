#include <array>
#include <cmath>

#include "handlers/graphs/lustre_graphs.h"
#include "handlers/graphs/time_grid.h"
#include "handlers/jobstats/graphs/job_graphs.h"
#include "handlers/jobstats/job/power.h"
#include "handlers/sources/prometheus/exporters.h"

namespace portal::jobstats {
namespace {

using graph::Graph;
using graph::Series;
using graph::Stack;
using graph::Unit;
using promql::Expr;
using promql::Selector;
using Graphs = Result<std::vector<Graph>>;
using Labels = std::vector<prometheus::Label>;

constexpr std::uint32_t kMostPlainCores = 8;
constexpr std::size_t kMostPlainNodes = 8;
constexpr double kNanosecond = 1e-9;
constexpr double kUnlimited = 1e18;  // cgroup v1 writes about 9.2e18 for "no limit"

std::string node_of(const prometheus::Series& series, const GraphRequest& ask) {
    return graph::node_of(series.label("instance"), ask.site.exporters.node.domain);
}

Result<prometheus::SeriesSet> answer_to(const Expr& query, const GraphRequest& ask,
                                        Context& context) {
    return context.metrics.collect(context.metrics.ask({query, ask.grid}));
}

struct MemoryLine {
    promql::Literal metric;
    const char* id;
};
constexpr std::array<MemoryLine, 10> kMemoryLines = {{
    {metric::kMemoryLimit, "memory_limit"},
    {metric::kMemoryMax, "memory_max"},
    {metric::kMemoryUsage, "memory_usage"},
    {metric::kMemoryCache, "memory_cache"},
    {metric::kMemoryRss, "memory_rss"},
    {metric::kMemoryRssHuge, "memory_rss_huge"},
    {metric::kMemoryMappedFile, "memory_mapped_file"},
    {metric::kMemoryActiveFile, "memory_active_file"},
    {metric::kMemoryInactiveFile, "memory_inactive_file"},
    {metric::kMemoryUnevictable, "memory_unevictable"},
}};

const char* memory_id(std::string_view metric) {
    for (const MemoryLine& line : kMemoryLines) {
        if (line.metric.text() == metric) return line.id;
    }
    return "memory_usage";
}

/// Memory of each node, or summed over the nodes of a large job.
Expr memory_question(const GraphRequest& ask, bool folded) {
    std::vector<Expr> lines;
    for (const MemoryLine& line : kMemoryLines) {
        const Expr values = gauge(of_job(line.metric, ask.run), ask.grid, ask.interval);
        lines.push_back(promql::tagged(line.metric, folded ? promql::sum(values) : values));
    }
    return joined(lines);
}

double highest(const std::vector<Series>& series) {
    double most = 0;
    for (const Series& line : series) {
        for (const double value : line.values) {
            if (value > most) most = value;
        }
    }
    return most;
}

}  // namespace

Graphs cpu_graphs(const GraphRequest& ask, Context& context) {
    const Seconds window = rate_window(ask.grid, ask.interval);
    const Expr cores = of_job(metric::kCoreUsage, ask.run).rate(window);
    const bool folded = !ask.all_series && ask.run.cores() > kMostPlainCores;
    auto answer = answer_to(folded ? promql::sum_by({"instance"}, cores) : cores, ask, context);
    if (!answer.ok()) return answer.error();
    prometheus::SeriesSet set = std::move(answer).value();
    Graph graph{.slug = "cpu",
                .unit = Unit::Cores,
                .stack = Stack::Yes,
                .limit = {},
                .max = {},
                .fold = {},
                .series = {}};
    for (prometheus::Series& series : set.series) {
        Labels labels = {{"node", node_of(series, ask)}};
        if (!folded) labels.push_back({"core", std::string(series.label("core"))});
        Series line =
            graph::take(series, folded ? "node_cores" : "core", std::move(labels), kNanosecond);
        graph::correct_first_rates(line.values, ask.grid, ask.run.range.from, window, ask.interval);
        graph.series.push_back(std::move(line));
    }
    if (folded) {
        graph.fold = graph::Fold{"node_sums", ask.run.cores()};
        graph::fold_min_median_max(graph, graph::Worst::Lowest);
    }
    graph.limit = graph::Limit{"asked", static_cast<double>(ask.run.cores())};
    if (graph.stack == Stack::No) graph.limit.reset();
    if (graph.limit) graph.max = graph.limit->value;
    return std::vector<Graph>{std::move(graph)};
}

Graphs memory_graphs(const GraphRequest& ask, Context& context) {
    const bool folded = !ask.all_series && ask.run.job.nodes.size() > kMostPlainNodes;
    auto answer = answer_to(memory_question(ask, folded), ask, context);
    if (!answer.ok()) return answer.error();
    prometheus::SeriesSet set = std::move(answer).value();
    Graph graph{.slug = "mem",
                .unit = Unit::Bytes,
                .stack = Stack::No,
                .limit = {},
                .max = {},
                .fold = {},
                .series = {}};
    for (prometheus::Series& series : set.series) {
        for (double& value : series.values) {
            if (value > kUnlimited) value = std::nan("");
        }
        Labels labels;
        if (!folded) labels.push_back({"node", node_of(series, ask)});
        const char* id = memory_id(series.label("part"));
        graph.series.push_back(graph::take(series, id, std::move(labels), 1));
    }
    if (folded) {
        graph.fold = graph::Fold{"node_sums", ask.run.job.nodes.size() * kMemoryLines.size()};
    }
    if (highest(graph.series) > 0) graph.max = highest(graph.series);
    return std::vector<Graph>{std::move(graph)};
}

Graphs power_graphs(const GraphRequest& ask, Context& context) {
    const auto power = collect_power(ask_power(ask.run, ask.range, context), ask.run, context);
    if (!power.ok()) return power.error();
    Graph graph{.slug = "power",
                .unit = Unit::Watts,
                .stack = Stack::Yes,
                .limit = {},
                .max = {},
                .fold = {},
                .series = {}};
    for (const auto& [node, watts] : power.value().watts) {
        graph.series.push_back({"node_power", {{"node", node}}, watts, {}});
    }
    if (!ask.all_series) graph::fold_min_median_max(graph, graph::Worst::Highest);
    return std::vector<Graph>{std::move(graph)};
}

Graphs lustre_graphs(const GraphRequest& ask, Context& context) {
    return lustre_graphs_of({"jobid", ask.run.id_text()}, LustreLines::Operations, ask.grid,
                            ask.interval, context);
}

}  // namespace portal::jobstats
