#include "handlers/graphs/held.h"

#include <algorithm>

#include "handlers/graphs/time_grid.h"
#include "handlers/sources/prometheus/exporters.h"

namespace portal {
namespace {

using promql::Expr;
using promql::Selector;
using Labels = std::initializer_list<promql::Literal>;

/// Prometheus looks back this far for a sample; within it a point needs no window of its own.
constexpr Seconds kLookBack{300};

/// Length of a window that holds each point of a sub-query once, whether or not the server counts
/// the point at the window's beginning (Prometheus does before version 3).
Seconds just_below(Seconds length) {
    return length - Seconds{1};
}

Expr mean_of(Labels labels, const Selector& rule, Seconds window) {
    const Expr whole = promql::max_by({}, Selector(metric::kRuleClusterCores).count_over(window));
    const Expr own = promql::max_by({}, rule.count_over(window));
    return promql::divide_all(promql::sum_by(labels, rule.sum_over(window)),
                              promql::either(whole, own));
}

}  // namespace

Expr recorded(Labels labels, const Selector& rule, const prometheus::Grid& grid) {
    if (grid.step < kLookBack) return promql::sum_by(labels, rule.now());
    return mean_of(labels, rule, grid.step);
}

Expr recorded_hours(Labels labels, const Selector& rule, TimeRange range) {
    const Seconds step = grid_for(range, kLookBack).step;
    const double hours = static_cast<double>(step.count()) / 3600;
    return promql::sum_over(mean_of(labels, rule, step), just_below(range.length()), step) * hours;
}

Expr held(Labels labels, const Selector& gauge, const prometheus::Grid& grid) {
    if (grid.step < 2 * kMinute) return promql::sum_by(labels, gauge.now());
    const double samples = static_cast<double>(grid.step / kMinute);
    const Expr sum = promql::sum_over(gauge.now(), just_below(grid.step), kMinute);
    return promql::sum_by(labels, sum) / samples;
}

Expr held_count(Labels labels, const Selector& gauge, const prometheus::Grid& grid) {
    if (grid.step < 2 * kMinute) return promql::count_by(labels, gauge.now());
    const double samples = static_cast<double>(grid.step / kMinute);
    const Expr count = promql::count_over(gauge.now(), just_below(grid.step), kMinute);
    return promql::sum_by(labels, count) / samples;
}

}  // namespace portal
