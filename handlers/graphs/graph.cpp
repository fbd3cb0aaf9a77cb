#include "handlers/graphs/graph.h"

#include <algorithm>
#include <cmath>

namespace portal::graph {

double total_of(const std::vector<double>& values) {
    double sum = 0;
    for (const double value : values) sum += std::isnan(value) ? 0 : value;
    return sum;
}

void add_values(std::vector<double>& sum, const std::vector<double>& values) {
    for (std::size_t point = 0; point < sum.size(); ++point) {
        if (std::isnan(values[point])) continue;
        sum[point] = std::isnan(sum[point]) ? values[point] : sum[point] + values[point];
    }
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

void correct_first_rates(std::vector<double>& values, const prometheus::Grid& grid, Instant since,
                         Seconds window, Seconds interval) {
    for (std::size_t point = 0; point < values.size(); ++point) {
        const Seconds lived = grid.at(point) - since;
        if (lived >= window) return;
        if (lived.count() <= 0) {
            values[point] = prometheus::kGap;
            continue;
        }
        const Seconds counted = std::max(lived, interval);
        values[point] *= static_cast<double>(window.count()) / static_cast<double>(counted.count());
    }
}

std::string node_of(std::string_view instance, std::string_view domain) {
    std::string_view host = instance.substr(0, instance.find(':'));
    if (!domain.empty() && host.ends_with(domain)) {
        host.remove_suffix(domain.size());
        if (host.ends_with('.')) host.remove_suffix(1);
    }
    return std::string(host);
}

}  // namespace portal::graph
