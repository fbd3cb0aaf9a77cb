#include "handlers/jobstats/graphs/memory_graph.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "handlers/sources/prometheus/joining.h"

namespace portal::jobstats {
namespace {

using namespace graph;
using promql::Expr;

/// The kind that is told by node.
constexpr promql::Literal kByNode = "memory_usage";

bool is_limit(const Series& line) {
    return line.id == "memory_limit";
}

/// The smallest and the largest value of a line; nothing if it has none.
std::optional<std::pair<double, double>> ends_of(const Series& line) {
    std::optional<std::pair<double, double>> ends;
    for (const double value : line.values) {
        if (std::isnan(value)) continue;
        if (!ends) ends.emplace(value, value);
        ends->first = std::min(ends->first, value);
        ends->second = std::max(ends->second, value);
    }
    return ends;
}

/// A sum over nodes is smaller while some are not measured yet: its largest counts.
std::optional<double> allocated_in(const Graph& graph) {
    std::optional<double> allocated;
    for (const Series& line : graph.series) {
        const auto ends = is_limit(line) ? ends_of(line) : std::nullopt;
        if (!ends) continue;
        const bool same = line.labels.empty() || ends->first == ends->second;
        if (!same || allocated.value_or(ends->second) != ends->second) return std::nullopt;
        allocated = ends->second;
    }
    return allocated;
}

/// Memory of each node; what is not told by node is summed over those of a large job.
Expr memory(const Line& line, const JobRun& run, const Ask& ask) {
    const bool large = ask.detail == Detail::Summary && run.job.nodes.size() > kMostPlain;
    const Expr each = sampled(line.metric, of_job(line.metric, run), ask);
    return large && !line.is(kByNode) ? promql::sum(promql::each_node(each)) : each;
}

Finish finish_memory(const JobRun& /*run*/, const Ask& ask, Context& /*context*/) {
    return [detail = ask.detail](Drawn drawn, const Lines& /*lines*/) {
        Graph& graph = drawn.graphs.front();
        double most = 0;
        for (const Series& line : graph.series) {
            if (const auto ends = ends_of(line)) most = std::max(most, ends->second);
        }
        if (most > 0) graph.max = most;
        const auto allocated = allocated_in(graph);
        if (detail != Detail::Summary || !allocated) return drawn;
        std::erase_if(graph.series, &is_limit);
        graph.limit = Limit{"allocated", *allocated};
        return drawn;
    };
}

}  // namespace

Family<JobRun> memory_family() {
    return {.slug = "mem",
            .section = "memory",
            .exporter = &exporter<&Exporters::job>,
            .graphs = {{.slug = "mem",
                        .unit = unit::kBytes,
                        .lines = {{"memory_limit", metric::kMemoryLimit},
                                  {"memory_max", metric::kMemoryMax},
                                  {kByNode, metric::kMemoryUsage},
                                  {"memory_cache", metric::kMemoryCache},
                                  {"memory_rss", metric::kMemoryRss},
                                  {"memory_rss_huge", metric::kMemoryRssHuge},
                                  {"memory_mapped_file", metric::kMemoryMappedFile},
                                  {"memory_active_file", metric::kMemoryActiveFile},
                                  {"memory_inactive_file", metric::kMemoryInactiveFile},
                                  {"memory_unevictable", metric::kMemoryUnevictable}},
                        .labels = {"node"},
                        .by_node = NodeView{.apart = kBytesApart, .id = kByNode.text()}}},
            .question = &memory,
            .beside = &finish_memory};
}

}  // namespace portal::jobstats
