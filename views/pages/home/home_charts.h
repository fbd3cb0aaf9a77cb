#pragma once

#include <span>

#include "views/parts/charts/charts.h"

namespace portal::views {

/// What the charts of the home page say.
[[nodiscard]] std::span<const ChartWords> home_charts();

}  // namespace portal::views
