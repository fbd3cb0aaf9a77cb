#pragma once

#include <limits>
#include <string>

#include "views/base/words.h"

namespace portal::views {

/// The priority of an account that has used nothing: before all others. Slurm says infinite.
inline constexpr double kHighestPriority = std::numeric_limits<double>::max();

/// A priority as a number, or that it is the highest.
[[nodiscard]] std::string priority_text(double priority, const Words& words);

}  // namespace portal::views
