#pragma once

#include <array>
#include <chrono>

#include "handlers/graphs/endpoint.h"

namespace portal::jobstats {

/// Whose graphs.
struct GraphOwner {
    Username login;
    slurm::Owner jobs;
};

/// Ranges of time of the graphs on a user's page.
inline constexpr std::array<Seconds, 4> kUserRangeLengths = {
    std::chrono::hours{6}, std::chrono::hours{24}, std::chrono::days{7}, std::chrono::days{14}};
inline constexpr RangePresets kUserRanges = {kUserRangeLengths, kUserRangeLengths.front(),
                                             kUserRangeLengths.back()};

/// The graphs of the user page.
[[nodiscard]] const graph::Page<GraphOwner>& user_graphs();

}  // namespace portal::jobstats
