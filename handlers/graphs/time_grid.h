#pragma once

#include "fcgi/base/units.h"
#include "handlers/sources/prometheus/metrics.h"

namespace portal {

/// Points of a graph over a range: about 500, a sensible step that is never below `interval`,
/// aligned to the step so that equal questions are equal texts. At least one point, all inside
/// [from, to].
[[nodiscard]] prometheus::Grid grid_for(TimeRange range, Seconds interval);

/// Look-back of rates: the longer of the step and four scrapes, so that points do not skip samples.
inline constexpr int kScrapesOfRate = 4;
[[nodiscard]] Seconds rate_window(const prometheus::Grid& grid, Seconds interval);

/// One selector of a gauge over a grid: as it is while every sample is a point, its mean over the
/// step once points would skip samples.
[[nodiscard]] promql::Expr gauge(const promql::Selector& selector, const prometheus::Grid& grid,
                                 Seconds interval);

}  // namespace portal
