#pragma once

#include <span>

#include "views/parts/charts/charts.h"

namespace portal::views {

/// What the charts of an account's page say.
[[nodiscard]] std::span<const ChartWords> account_charts();

}  // namespace portal::views
