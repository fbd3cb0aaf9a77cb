#pragma once

#include <array>
#include <chrono>

#include "fcgi/http/response.h"
#include "handlers/page/page_range.h"
#include "handlers/visit.h"

namespace portal::usersummary {

/// GET /secure/usersummary/{username}/: quotas, what runs now, the latest jobs. 503 while
/// the directory is away; while Slurm or Prometheus is, their parts are missing.
[[nodiscard]] Response summary_page(const Visit& visit, Context& context);

/// Ranges of time of the graphs on it.
inline constexpr std::array<Seconds, 3> kSummaryRangeLengths = {
    std::chrono::days{7}, std::chrono::days{30}, std::chrono::days{90}};
inline constexpr RangePresets kSummaryRanges = {kSummaryRangeLengths, kSummaryRangeLengths.back(),
                                                kSummaryRangeLengths.back()};

}  // namespace portal::usersummary
