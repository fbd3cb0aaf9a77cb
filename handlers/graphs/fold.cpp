#include "handlers/graphs/fold.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <numeric>

namespace portal::graph {
namespace {

using prometheus::kGap;

constexpr std::size_t kMostPlainSeries = 8;
constexpr std::size_t kNamedWorst = 3;
constexpr std::size_t kLargestNamed = 12;

/// Values of all series at one point, sorted, without gaps.
void column_of(const std::vector<Series>& series, std::size_t point, std::vector<double>& column) {
    column.clear();
    for (const Series& line : series) {
        if (!std::isnan(line.values[point])) column.push_back(line.values[point]);
    }
    std::sort(column.begin(), column.end());
}

Series band(const Series& like, std::string name) {
    return {.id = like.id, .labels = {}, .values = {}, .band = std::move(name)};
}

std::vector<Series> bands_of(const std::vector<Series>& series) {
    std::vector<Series> bands = {band(series[0], "min"), band(series[0], "median"),
                                 band(series[0], "max")};
    const std::size_t points = series[0].values.size();
    for (Series& line : bands) line.values.assign(points, kGap);
    std::vector<double> column;
    for (std::size_t point = 0; point < points; ++point) {
        column_of(series, point, column);
        if (column.empty()) continue;
        bands[0].values[point] = column.front();
        bands[1].values[point] = column[column.size() / 2];
        bands[2].values[point] = column.back();
    }
    return bands;
}

/// What the lines are of which there are so many.
std::string things_of(const std::vector<Series>& lines) {
    std::string by = "line";
    for (const prometheus::Label& label : lines.front().labels) {
        if (label.name == "gpu") return "gpu";
        if (label.name == "node") by = "node";
    }
    return by;
}

/// Places of the lines by a number of each, the largest first, those without one last.
template <class Number>
std::vector<std::size_t> largest_first(const std::vector<Series>& lines, Number number) {
    std::vector<double> numbers;
    numbers.reserve(lines.size());
    for (const Series& line : lines) numbers.push_back(number(line));
    std::vector<std::size_t> order(lines.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
        if (std::isnan(numbers[right])) return !std::isnan(numbers[left]);
        return numbers[left] > numbers[right];
    });
    return order;
}

/// Bands over the lines of one kind, and the worst of them.
std::vector<Series> folded(std::vector<Series> lines, Worst worst) {
    std::vector<Series> shown = bands_of(lines);
    const double sign = worst == Worst::Highest ? 1 : -1;
    auto order = largest_first(lines, [&](const Series& line) { return sign * mean_of(line); });
    order.resize(std::min(order.size(), kNamedWorst));
    for (const std::size_t place : order) shown.push_back(std::move(lines[place]));
    return shown;
}

/// Lines of one kind: the largest as they are, the others in one.
void keep_largest(std::vector<Series>& lines, std::size_t most) {
    if (lines.size() <= most) return;
    auto order = largest_first(lines, [](const Series& line) { return total_of(line.values); });
    std::sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(most));
    const std::string& id = lines.front().id;
    Series others{id == "user" ? "others" : "others_" + id, {}, {}, {}};
    others.values.assign(lines.front().values.size(), kGap);
    std::vector<Series> kept;
    for (std::size_t place = 0; place < order.size(); ++place) {
        if (place < most) {
            kept.push_back(std::move(lines[order[place]]));
        } else {
            add_values(others.values, lines[order[place]].values);
        }
    }
    kept.push_back(std::move(others));
    lines = std::move(kept);
}

}  // namespace

void fold_min_median_max(Graph& graph, Worst worst) {
    std::map<std::string, std::vector<Series>> kinds;
    for (Series& line : graph.series) kinds[line.id].push_back(std::move(line));
    graph.series.clear();
    for (auto& [id, lines] : kinds) {
        const bool many = lines.size() > kMostPlainSeries;
        const std::size_t count = lines.size();
        std::string by = many ? things_of(lines) : "";
        std::vector<Series> shown = many ? folded(std::move(lines), worst) : std::move(lines);
        std::move(shown.begin(), shown.end(), std::back_inserter(graph.series));
        if (many) graph.fold = Fold{"min_median_max", count, std::move(by)};
    }
    if (graph.fold && graph.fold->kind == "min_median_max") graph.stack = Stack::No;
}

void fold_largest(Graph& graph) {
    const std::size_t count = graph.series.size();
    if (count <= kLargestNamed) return;
    std::vector<std::string> ids;
    std::map<std::string, std::vector<Series>> kinds;
    for (Series& line : graph.series) {
        if (!kinds.contains(line.id)) ids.push_back(line.id);
        kinds[line.id].push_back(std::move(line));
    }
    graph.series.clear();
    const auto several = std::count_if(kinds.begin(), kinds.end(),
                                       [](const auto& kind) { return kind.second.size() > 1; });
    const std::size_t most = kLargestNamed / static_cast<std::size_t>(std::max<long>(several, 1));
    for (const std::string& id : ids) {
        keep_largest(kinds[id], std::max<std::size_t>(most, 1));
        std::move(kinds[id].begin(), kinds[id].end(), std::back_inserter(graph.series));
    }
    if (graph.series.size() < count) graph.fold = Fold{"largest", count};
}

}  // namespace portal::graph
