#pragma once

#include <span>

#include "views/parts/charts/charts.h"

namespace portal::views {

/// What the charts of the summary page say.
[[nodiscard]] std::span<const ChartWords> quota_charts();

}  // namespace portal::views
