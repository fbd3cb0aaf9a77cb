#include "handlers/graphs/fold.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>
#include <span>

namespace portal::graph {
namespace {

using prometheus::kGap;

constexpr std::size_t kNamedWorst = 3;
constexpr std::size_t kLargestNamed = 12;
constexpr double kFar = 2;  // times the median, or the other way round

/// Moves the lines out, those of one id together, in the order of their first ones.
std::vector<std::vector<Series>> take_kinds(Graph& graph) {
    std::vector<std::vector<Series>> kinds;
    for (Series& line : graph.series) {
        auto kind = std::find_if(kinds.begin(), kinds.end(),
                                 [&](const auto& lines) { return lines.front().id == line.id; });
        if (kind == kinds.end()) kind = kinds.emplace(kind);
        kind->push_back(std::move(line));
    }
    graph.series.clear();
    return kinds;
}

void sort_by_mean(std::vector<Series>& lines, Worst first) {
    const double sign = first == Worst::Highest ? 1 : -1;
    sort_lines(lines, [&](const Series& line) { return sign * mean_of(line); });
}

Series sum_of(std::span<const Series> lines, std::string id) {
    std::vector<double> sum(lines.front().values.size(), kGap);
    for (const Series& line : lines) add_values(sum, line.values);
    return {std::move(id), {}, std::move(sum), {}};
}

/// Values of all lines at one point, sorted, without gaps.
std::vector<double> column_of(const std::vector<Series>& lines, std::size_t point) {
    std::vector<double> column;
    column.reserve(lines.size());
    for (const Series& line : lines) {
        if (!std::isnan(line.values[point])) column.push_back(line.values[point]);
    }
    std::sort(column.begin(), column.end());
    return column;
}

/// Bands over the lines of one kind, and the worst of them.
std::vector<Series> folded(std::vector<Series> lines, Worst worst) {
    const std::vector<double> gaps(lines.front().values.size(), kGap);
    std::vector<Series> shown;
    for (const std::string_view band : kBands) {
        shown.push_back({lines.front().id, {}, gaps, std::string(band)});
    }
    for (std::size_t point = 0; point < gaps.size(); ++point) {
        const std::vector<double> column = column_of(lines, point);
        if (column.empty()) continue;
        shown[0].values[point] = column.front();
        shown[1].values[point] = column[column.size() / 2];
        shown[2].values[point] = column.back();
    }
    sort_by_mean(lines, worst);
    std::move(lines.begin(), lines.begin() + kNamedWorst, std::back_inserter(shown));
    return shown;
}

/// Lines of one kind: the largest as they are, the others in one.
std::vector<Series> largest_of(std::vector<Series> lines, std::size_t most) {
    if (lines.size() <= most) return lines;
    const std::string id = lines.front().id;
    auto order = largest_first(lines, [](const Series& line) { return total_of(line.values); });
    std::sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(most));
    std::vector<Series> shown;
    for (const std::size_t place : order) shown.push_back(std::move(lines[place]));
    Series others =
        sum_of(std::span(shown).subspan(most), id == "user" ? "others" : "others_" + id);
    shown.resize(most);
    shown.push_back(std::move(others));
    return shown;
}

/// What the lines of a graph are about.
const char* thing_of(const Series& line) {
    if (!line.label("gpu").empty()) return "gpu";
    return line.label("node").empty() ? "line" : "node";
}

/// The lines that count, by node or GPU; those about one of them are added up.
std::vector<Series> things_of(const Graph& graph, const NodeView& how) {
    std::vector<Series> things;
    for (const Series& line : graph.series) {
        const bool counts = how.id.empty() || line.id == how.id;
        if (!counts || line.label("node").empty()) continue;
        Series thing = line;
        thing.id = thing_of(line);
        std::erase_if(thing.labels, [](const prometheus::Label& label) {
            return label.name != "node" && label.name != "gpu";
        });
        things.push_back(std::move(thing));
    }
    join_same(things, &add_values);
    return things;
}

std::size_t count_nodes(const std::vector<Series>& things) {
    std::set<std::string_view> nodes;
    for (const Series& thing : things) nodes.insert(thing.label("node"));
    return nodes.size();
}

/// Which are below half of the median or above twice of it, the worst first.
std::optional<Apart> apart_of(std::vector<Series> things, const NodeView& how) {
    sort_by_mean(things, how.worst);
    Apart apart;
    for (Series& thing : things) {
        const double mean = mean_of(thing);
        if (!std::isnan(mean)) apart.things.push_back({std::move(thing.labels), mean});
    }
    if (apart.things.empty()) return std::nullopt;
    const std::size_t count = apart.things.size();
    const std::size_t middle = count / 2;
    apart.median = apart.things[how.worst == Worst::Lowest ? middle : count - 1 - middle].mean;
    std::erase_if(apart.things, [&](const Apart::Thing& thing) {
        const bool low = thing.mean * kFar < apart.median;
        const bool high = thing.mean > apart.median * kFar;
        return !(low || high) || std::abs(thing.mean - apart.median) < how.apart;
    });
    if (apart.things.empty()) return std::nullopt;
    apart.count = apart.things.size();
    apart.things.resize(std::min(apart.count, kNamedWorst));
    return apart;
}

/// Makes the mean of a sum: at each point, of the lines that have a value there.
void make_mean(Series& sum, const std::vector<Series>& lines) {
    for (std::size_t point = 0; point < sum.values.size(); ++point) {
        const auto known = std::count_if(lines.begin(), lines.end(), [&](const Series& line) {
            return !std::isnan(line.values[point]);
        });
        sum.values[point] /= static_cast<double>(known);
    }
}

}  // namespace

void fold_min_median_max(Graph& graph, Worst worst) {
    for (std::vector<Series>& lines : take_kinds(graph)) {
        if (lines.size() > kMostPlain) {
            graph.fold = Fold{"min_median_max", lines.size(), thing_of(lines.front())};
            graph.stack = Stack::No;
            lines = folded(std::move(lines), worst);
        }
        std::move(lines.begin(), lines.end(), std::back_inserter(graph.series));
    }
}

void fold_largest(Graph& graph) {
    const std::size_t count = graph.series.size();
    if (count <= kLargestNamed) return;
    std::vector<std::vector<Series>> kinds = take_kinds(graph);
    const auto several =
        std::count_if(kinds.begin(), kinds.end(), [](const auto& kind) { return kind.size() > 1; });
    const std::size_t most = kLargestNamed / static_cast<std::size_t>(std::max<long>(several, 1));
    for (std::vector<Series>& kind : kinds) {
        auto shown = largest_of(std::move(kind), std::max<std::size_t>(most, 1));
        std::move(shown.begin(), shown.end(), std::back_inserter(graph.series));
    }
    if (graph.series.size() < count) graph.fold = Fold{"largest", count};
}

bool sum_nodes(Graph& graph, const NodeView& how) {
    const std::vector<Series> things = things_of(graph, how);
    if (count_nodes(things) <= kMostPlain) return false;
    const bool means = graph.unit.word == unit::kPercent.word;
    for (const std::vector<Series>& lines : take_kinds(graph)) {
        graph.series.push_back(sum_of(lines, lines.front().id));
        if (means) make_mean(graph.series.back(), lines);
    }
    if (graph.series.size() == 1) graph.series.front().id = "all_" + things.front().id + "s";
    if (!means && how.limit == LimitOf::Each) {
        const auto count = static_cast<double>(things.size());
        if (graph.limit) graph.limit->value *= count;
        if (graph.max) *graph.max *= count;
    }
    graph.fold = Fold{means ? FoldKey("mean") : FoldKey("total"), things.size(), things.front().id};
    graph.apart = apart_of(things, how);
    return true;
}

void list_nodes(Graph& graph, const NodeView& how) {
    std::vector<Series> things = things_of(graph, how);
    sort_by_mean(things, how.worst);
    const std::size_t nodes = std::max<std::size_t>(count_nodes(things), 1);
    graph.max.reset();
    if (graph.limit) {
        const bool each = how.limit == LimitOf::Each;
        graph.max = graph.limit->value / (each ? 1 : static_cast<double>(nodes));
    }
    graph.limit.reset();
    graph.fold.reset();
    graph.stack = Stack::No;
    if (nodes > kMostPlain) graph.apart = apart_of(things, how);
    graph.series = std::move(things);
}

}  // namespace portal::graph
