#pragma once

#include <span>

#include "views/parts/charts/charts.h"

namespace portal::views {

/// What the charts of a project's and an instance's page say.
[[nodiscard]] std::span<const ChartWords> cloud_charts();

}  // namespace portal::views
