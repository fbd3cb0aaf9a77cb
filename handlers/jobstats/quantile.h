#pragma once

#include <algorithm>
#include <cstddef>
#include <span>

namespace portal::jobstats {

/// The quantile (0 to 1) of some values in rising order, between two of them in proportion.
[[nodiscard]] inline double quantile_of(std::span<const double> rising, double quantile) {
    const double place = quantile * static_cast<double>(rising.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, rising.size() - 1);
    const double part = place - static_cast<double>(below);
    return rising[below] + part * (rising[above] - rising[below]);
}

}  // namespace portal::jobstats
