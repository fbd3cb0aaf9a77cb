#include "handlers/jobstats/graphs/memory_graph.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace portal::jobstats {
namespace {

using graph::Line;

bool is_limit(const graph::Series& line) {
    return line.id == "memory_limit";
}

/// The smallest and the largest value of a line; nothing if it has none.
std::optional<std::pair<double, double>> ends_of(const graph::Series& line) {
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
std::optional<double> allocated_in(const graph::Graph& graph) {
    std::optional<double> allocated;
    for (const graph::Series& line : graph.series) {
        const auto ends = is_limit(line) ? ends_of(line) : std::nullopt;
        if (!ends) continue;
        const bool same = line.labels.empty() || ends->first == ends->second;
        if (!same || allocated.value_or(ends->second) != ends->second) return std::nullopt;
        allocated = ends->second;
    }
    return allocated;
}

}  // namespace

const std::vector<Line>& memory_lines() {
    static const std::vector<Line> kLines = {
        {"memory_limit", metric::kMemoryLimit},
        {"memory_max", metric::kMemoryMax},
        {"memory_usage", metric::kMemoryUsage},
        {"memory_cache", metric::kMemoryCache},
        {"memory_rss", metric::kMemoryRss},
        {"memory_rss_huge", metric::kMemoryRssHuge},
        {"memory_mapped_file", metric::kMemoryMappedFile},
        {"memory_active_file", metric::kMemoryActiveFile},
        {"memory_inactive_file", metric::kMemoryInactiveFile},
        {"memory_unevictable", metric::kMemoryUnevictable},
    };
    return kLines;
}

void finish_memory(graph::Graph& graph, graph::Detail detail) {
    double most = 0;
    for (const graph::Series& line : graph.series) {
        if (const auto ends = ends_of(line)) most = std::max(most, ends->second);
    }
    if (most > 0) graph.max = most;
    if (detail != graph::Detail::Summary) return;
    const auto allocated = allocated_in(graph);
    if (!allocated) return;
    std::erase_if(graph.series, &is_limit);
    graph.limit = graph::Limit{"allocated", *allocated};
}

}  // namespace portal::jobstats
