#pragma once

#include <span>

#include "views/parts/charts/charts.h"

namespace portal::views {

/// What the charts of the heaviest users say.
[[nodiscard]] std::span<const ChartWords> lustre_charts();

}  // namespace portal::views
