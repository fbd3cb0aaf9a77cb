#include "fcgi/programs/doctor/prometheus/questions.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace portal::doctor {

Questions::Questions(const Config& config, const Clock& clock)
    : config_(config), clock_(clock), metrics_(config.prometheus, {request_}) {}

Result<prometheus::SeriesSet> Questions::ask(const promql::Expr& query,
                                             const prometheus::Grid& grid) {
    request_.begin(Deadline::in(config_.prometheus.timeout));
    return metrics_.collect(metrics_.ask({query, grid}));
}

std::vector<prometheus::Series> Questions::now(const promql::Expr& query) {
    auto answer = ask(query, prometheus::Grid::at_instant(clock_.now()));
    return answer.ok() ? std::move(answer).value().series : std::vector<prometheus::Series>{};
}

std::vector<std::string> Questions::values_of(const promql::Expr& query, std::string_view label) {
    std::set<std::string> values;
    for (const prometheus::Series& series : now(query)) {
        if (!series.label(label).empty()) values.insert(std::string(series.label(label)));
    }
    return {values.begin(), values.end()};
}

std::optional<double> Questions::number(const promql::Expr& query) {
    const auto series = now(query);
    if (series.empty() || std::isnan(series.front().values.at(0))) return std::nullopt;
    return series.front().values.at(0);
}

std::string listed(const std::vector<std::string>& names) {
    constexpr std::size_t kShown = 5;
    std::string text;
    for (std::size_t i = 0; i < std::min(names.size(), kShown); ++i) {
        text.append(text.empty() ? "" : ", ").append(names[i]);
    }
    if (names.size() > kShown) {
        text += " and " + std::to_string(names.size() - kShown) + " more";
    }
    return text;
}

}  // namespace portal::doctor
