#include "handlers/graphs/by_node.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace portal::graph {
namespace {

using prometheus::kGap;
using prometheus::Label;

constexpr std::size_t kFewestNodes = 9;
constexpr std::size_t kNamedApart = 3;
constexpr double kFar = 2;  // times the median, or the other way round

std::string_view label_of(const Series& line, std::string_view name) {
    for (const Label& label : line.labels) {
        if (label.name == name) return label.value;
    }
    return {};
}

bool counts(const Series& line, const NodeView& how) {
    return (how.id.empty() || line.id == how.id) && !label_of(line, "node").empty();
}

/// The labels of a line that name a node or a GPU of it.
std::vector<Label> thing_of(const Series& line) {
    std::vector<Label> labels;
    for (const Label& label : line.labels) {
        if (label.name == "node" || label.name == "gpu") labels.push_back(label);
    }
    return labels;
}

std::string text_of(const std::vector<Label>& labels) {
    std::string text;
    for (const Label& label : labels) text += label.value + '\n';
    return text;
}

/// The lines that count, those about one thing added up.
std::vector<Series> things_of(const Graph& graph, const NodeView& how) {
    std::map<std::string, std::size_t> places;
    std::vector<Series> things;
    for (const Series& line : graph.series) {
        if (!counts(line, how)) continue;
        std::vector<Label> labels = thing_of(line);
        const auto [place, fresh] = places.try_emplace(text_of(labels), things.size());
        if (fresh) {
            const char* id = labels.size() > 1 ? "gpu" : "node";
            things.push_back({id, std::move(labels), line.values, {}});
        } else {
            add_values(things[place->second].values, line.values);
        }
    }
    return things;
}

std::size_t count_nodes(const std::vector<Series>& things) {
    std::set<std::string_view> nodes;
    for (const Series& thing : things) nodes.insert(label_of(thing, "node"));
    return nodes.size();
}

/// Those with a value, in the order of their means.
std::vector<Apart::Thing> means_of(const std::vector<Series>& things) {
    std::vector<Apart::Thing> means;
    for (const Series& thing : things) {
        const double mean = mean_of(thing);
        if (!std::isnan(mean)) means.push_back({thing.labels, mean});
    }
    std::stable_sort(means.begin(), means.end(),
                     [](const auto& left, const auto& right) { return left.mean < right.mean; });
    return means;
}

/// Who is below half of the median or above twice of it, the worst first.
std::optional<Apart> apart_of(const std::vector<Series>& things, const NodeView& how) {
    std::vector<Apart::Thing> means = means_of(things);
    if (means.empty()) return std::nullopt;
    Apart apart{.median = means[means.size() / 2].mean, .count = 0, .things = {}};
    if (how.worst == Worst::Highest) std::reverse(means.begin(), means.end());
    std::erase_if(means, [&](const Apart::Thing& thing) {
        const bool low = thing.mean * kFar < apart.median;
        const bool high = thing.mean > apart.median * kFar;
        return !(low || high) || std::abs(thing.mean - apart.median) < how.apart;
    });
    if (means.empty()) return std::nullopt;
    apart.count = means.size();
    means.resize(std::min(means.size(), kNamedApart));
    apart.things = std::move(means);
    return apart;
}

/// How many of the lines have a value, at each point.
std::vector<double> known_of(const std::vector<Series>& lines, std::string_view id) {
    std::vector<double> known(lines.front().values.size(), 0);
    for (const Series& line : lines) {
        if (line.id != id) continue;
        for (std::size_t point = 0; point < known.size(); ++point) {
            if (!std::isnan(line.values[point])) ++known[point];
        }
    }
    return known;
}

void make_mean(Series& sum, const std::vector<Series>& lines) {
    const std::vector<double> known = known_of(lines, sum.id);
    for (std::size_t point = 0; point < known.size(); ++point) sum.values[point] /= known[point];
}

std::vector<Series> sums_of(const std::vector<Series>& lines) {
    std::vector<Series> sums;
    for (const Series& line : lines) {
        const auto sum = std::find_if(sums.begin(), sums.end(),
                                      [&](const Series& one) { return one.id == line.id; });
        if (sum == sums.end()) {
            sums.push_back({line.id, {}, line.values, {}});
        } else {
            add_values(sum->values, line.values);
        }
    }
    return sums;
}

}  // namespace

bool sum_nodes(Graph& graph, const NodeView& how) {
    const std::vector<Series> things = things_of(graph, how);
    if (count_nodes(things) < kFewestNodes) return false;
    const bool means = graph.unit.word == unit::kPercent.word;
    std::vector<Series> sums = sums_of(graph.series);
    if (means) {
        for (Series& sum : sums) make_mean(sum, graph.series);
    }
    const bool gpus = things.front().id == "gpu";
    if (sums.size() == 1) sums.front().id = gpus ? "all_gpus" : "all_nodes";
    if (!means && how.limit == LimitOf::Each) {
        const auto count = static_cast<double>(things.size());
        if (graph.limit) graph.limit->value *= count;
        if (graph.max) *graph.max *= count;
    }
    graph.apart = apart_of(things, how);
    graph.fold = Fold{means ? "mean" : "total", things.size(), things.front().id};
    graph.series = std::move(sums);
    return true;
}

void list_nodes(Graph& graph, const NodeView& how) {
    std::vector<Series> things = things_of(graph, how);
    const double sign = how.worst == Worst::Lowest ? 1 : -1;
    std::stable_sort(things.begin(), things.end(), [&](const Series& left, const Series& right) {
        const double one = sign * mean_of(left);
        const double other = sign * mean_of(right);
        return std::isnan(other) ? !std::isnan(one) : one < other;
    });
    const std::size_t nodes = std::max<std::size_t>(count_nodes(things), 1);
    graph.max.reset();
    if (graph.limit) {
        const bool each = how.limit == LimitOf::Each;
        graph.max = graph.limit->value / (each ? 1 : static_cast<double>(nodes));
    }
    graph.limit.reset();
    graph.fold.reset();
    graph.stack = Stack::No;
    if (nodes >= kFewestNodes) graph.apart = apart_of(things, how);
    graph.series = std::move(things);
}

}  // namespace portal::graph
