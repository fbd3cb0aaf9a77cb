#include "handlers/graphs/time_grid.h"

#include <algorithm>
#include <array>

namespace portal {
namespace {

constexpr std::int64_t kMostPoints = 500;
constexpr std::array<std::int64_t, 18> kSteps = {10,   15,   20,    30,    60,    120,
                                                 180,  300,  600,   900,   1200,  1800,
                                                 3600, 7200, 10800, 21600, 43200, 86400};

std::int64_t sensible_step(std::int64_t least) {
    const auto* found = std::lower_bound(kSteps.begin(), kSteps.end(), least);
    if (found != kSteps.end()) return *found;
    return (least + kSteps.back() - 1) / kSteps.back() * kSteps.back();
}

}  // namespace

prometheus::Grid grid_for(TimeRange range, Seconds interval) {
    const std::int64_t span = std::max<std::int64_t>(range.length().count(), 1);
    const std::int64_t least = std::max<std::int64_t>((span + kMostPoints - 1) / kMostPoints, 1);
    const std::int64_t step = sensible_step(std::max<std::int64_t>(least, interval.count()));
    const std::int64_t first = (unix_seconds(range.from) + step - 1) / step * step;
    const std::int64_t last = unix_seconds(range.to) / step * step;
    if (first > last) return {range.to, Seconds{step}, 1};
    return {from_unix(first), Seconds{step}, static_cast<std::size_t>((last - first) / step) + 1};
}

Seconds rate_window(const prometheus::Grid& grid, Seconds interval) {
    return std::max(grid.step, kScrapesOfRate * interval);
}

promql::Expr gauge(const promql::Selector& selector, const prometheus::Grid& grid,
                   Seconds interval) {
    return grid.step < 2 * interval ? selector.now() : selector.avg_over(grid.step);
}

}  // namespace portal
