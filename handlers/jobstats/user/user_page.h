#pragma once

// handlers/jobstats/user is the list of a user's jobs: its page, and the filter as the address has
// it.

#include <array>
#include <chrono>

#include "fcgi/http/response.h"
#include "handlers/page/page_range.h"
#include "handlers/visit.h"

namespace portal::jobstats {

/// GET /secure/jobstats/{username}/: current use, graphs, jobs.
[[nodiscard]] Response user_page(const Visit& visit, Context& context);

/// Ranges of time of the graphs on it.
inline constexpr std::array<Seconds, 4> kUserRangeLengths = {
    std::chrono::hours{6}, std::chrono::hours{24}, std::chrono::days{7}, std::chrono::days{14}};
inline constexpr RangePresets kUserRanges = {kUserRangeLengths, kUserRangeLengths.front(),
                                             kUserRangeLengths.back()};

}  // namespace portal::jobstats
