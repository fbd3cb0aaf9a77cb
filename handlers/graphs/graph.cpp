#include "handlers/graphs/graph.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "fcgi/base/ascii.h"

namespace portal::graph {

std::string_view Series::label(std::string_view name) const {
    for (const prometheus::Label& label : labels) {
        if (label.name == name) return label.value;
    }
    return {};
}

const Series* same_line(const Series& line, const Graph& graph) {
    const auto found = std::find_if(graph.series.begin(), graph.series.end(),
                                    [&](const Series& one) { return one.labels == line.labels; });
    return found == graph.series.end() ? nullptr : &*found;
}

void drop_label(Series& line, std::string_view name) {
    std::erase_if(line.labels, [&](const prometheus::Label& label) { return label.name == name; });
}

void set_limit(Graph& graph, LimitKey id, double value) {
    if (value <= 0) return;
    graph.max = value;
    graph.limit = Limit{id, value};
}

double total_of(const std::vector<double>& values) {
    double sum = 0;
    for (const double value : values) sum += std::isnan(value) ? 0 : value;
    return sum;
}

double mean_of(const Series& line) {
    const auto gaps = std::count_if(line.values.begin(), line.values.end(),
                                    [](double value) { return std::isnan(value); });
    const auto count = static_cast<double>(line.values.size()) - static_cast<double>(gaps);
    return total_of(line.values) / count;  // kGap if there are gaps only
}

void add_values(std::vector<double>& sum, const std::vector<double>& values) {
    for (std::size_t point = 0; point < sum.size(); ++point) {
        if (std::isnan(values[point])) continue;
        sum[point] = std::isnan(sum[point]) ? values[point] : sum[point] + values[point];
    }
}

void keep_largest(std::vector<double>& kept, const std::vector<double>& values) {
    if (kept.empty()) kept.assign(values.size(), prometheus::kGap);
    for (std::size_t point = 0; point < kept.size(); ++point) {
        if (std::isnan(kept[point]) || values[point] > kept[point]) kept[point] = values[point];
    }
}

void join_same(std::vector<Series>& series,
               void (*join)(std::vector<double>&, const std::vector<double>&)) {
    std::map<std::string, std::size_t> places;
    std::vector<Series> joined;
    joined.reserve(series.size());
    for (Series& line : series) {
        std::string key = line.id + '\n' + line.band;
        for (const prometheus::Label& label : line.labels) {
            const bool node = label.name == "node";
            key += '\n' + label.name + '=' + (node ? node_key(label.value) : label.value);
        }
        const auto [place, fresh] = places.try_emplace(std::move(key), joined.size());
        if (fresh) {
            joined.push_back(std::move(line));
        } else {
            join(joined[place->second].values, line.values);
        }
    }
    series = std::move(joined);
}

std::vector<std::size_t> largest_first(const std::vector<Series>& lines,
                                       const std::function<double(const Series&)>& number) {
    std::vector<std::pair<double, std::size_t>> numbered;
    for (const Series& line : lines) {
        const double value = number(line);
        numbered.emplace_back(std::isnan(value) ? HUGE_VAL : -value, numbered.size());
    }
    std::sort(numbered.begin(), numbered.end());
    std::vector<std::size_t> order;
    for (const auto& [value, place] : numbered) order.push_back(place);
    return order;
}

void sort_lines(std::vector<Series>& lines, const std::function<double(const Series&)>& number) {
    std::vector<Series> sorted;
    for (const std::size_t place : largest_first(lines, number)) {
        sorted.push_back(std::move(lines[place]));
    }
    lines = std::move(sorted);
}

bool is_zero(const Series& line) {
    return std::all_of(line.values.begin(), line.values.end(),
                       [](double value) { return std::isnan(value) || value == 0; });
}

void drop_zeros(std::vector<Series>& series) {
    std::erase_if(series, &is_zero);
}

Series take(prometheus::Series& from, std::string id, std::vector<prometheus::Label> labels,
            double factor) {
    Series line{std::move(id), std::move(labels), std::move(from.values), {}};
    if (factor != 1) {
        for (double& value : line.values) value *= factor;
    }
    return line;
}

bool is_sparse(const std::vector<prometheus::Series>& lines, std::size_t longest) {
    constexpr double kMany = 0.1;
    std::size_t there = 0;
    std::size_t missing = 0;
    for (const prometheus::Series& line : lines) {
        std::size_t gap = longest + 1;  // what comes before the first point is none
        for (const double value : line.values) {
            if (std::isnan(value)) {
                ++gap;
                continue;
            }
            ++there;
            if (gap <= longest) missing += gap;
            gap = 0;
        }
    }
    return static_cast<double>(missing) >= kMany * static_cast<double>(there + missing);
}

std::string node_key(std::string_view instance) {
    std::string_view host =
        instance.substr(0, instance.find(instance.starts_with('[') ? ']' : ':'));
    const bool address = host.find_first_not_of("0123456789.") == std::string_view::npos;
    if (!address) host = host.substr(0, host.find('.'));
    std::string key(host);
    std::transform(key.begin(), key.end(), key.begin(), ascii::to_lower);
    return key;
}

std::string node_of(std::string_view instance, std::string_view domain) {
    const auto bracket = instance.starts_with('[') ? instance.find(']') : std::string_view::npos;
    std::string_view host = bracket == std::string_view::npos
                                ? instance.substr(0, instance.find(':'))
                                : instance.substr(0, bracket + 1);
    if (!domain.empty() && host.ends_with(domain)) {
        host.remove_suffix(domain.size());
        if (host.ends_with('.')) host.remove_suffix(1);
    }
    return std::string(host);
}

}  // namespace portal::graph
