#pragma once

#include <array>
#include <chrono>

#include "fcgi/http/response.h"
#include "handlers/page/page_range.h"
#include "handlers/visit.h"

namespace portal::usersummary {

/// GET /secure/usersummary/{username}/: quotas, what runs now, the latest jobs. The directory away:
/// 503; Slurm or Prometheus away: their parts are missing.
[[nodiscard]] Response summary_page(const Visit& visit, Context& context);

/// Ranges of time of the graphs on it.
inline constexpr std::array<Seconds, 3> kSummaryRangeLengths = {
    std::chrono::days{7}, std::chrono::days{30}, std::chrono::days{90}};
inline constexpr RangePresets kSummaryRanges = {kSummaryRangeLengths, kSummaryRangeLengths.back(),
                                                kSummaryRangeLengths.back()};

/// GET /secure/usersummary/{username}/graph/{graph}.json: quota_bytes, quota_inodes, or both as
/// quota; one line for each quota, named in the language of the request.
[[nodiscard]] Response summary_graph(const Visit& visit, Context& context);

}  // namespace portal::usersummary
