#pragma once

#include <span>

#include "views/parts/charts/charts.h"

namespace portal::views {

/// What the charts of a job's page say.
[[nodiscard]] std::span<const ChartWords> job_charts();

/// What the charts of a user's page say.
[[nodiscard]] std::span<const ChartWords> user_charts();

}  // namespace portal::views
