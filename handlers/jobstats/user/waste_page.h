#pragma once

#include <array>
#include <chrono>
#include <optional>

#include "fcgi/http/response.h"
#include "handlers/page/page_range.h"
#include "handlers/sources/own/summaries/summary_db.h"
#include "handlers/sources/slurm/job.h"
#include "handlers/visit.h"
#include "views/parts/jobs/waste.h"

namespace portal::jobstats {

/// GET /secure/jobstats/{username}/waste/: use and waste, by kind of job and job by job.
[[nodiscard]] Response waste_page(const Visit& visit, Context& context);

/// What a person's jobs of the last 30 days used and wasted, for one sentence; of more than 20,000
/// only that they are more, so that the list is as fast for everybody. Empty: none is known, the
/// site keeps none, or its database is away, which is logged.
[[nodiscard]] std::optional<views::WasteOfDays> recent_waste(const slurm::Owner& owner,
                                                             Context& context);

/// Times after which jobs ended that the page offers.
inline constexpr std::array<Seconds, 3> kWasteLengths = {
    std::chrono::days{7}, std::chrono::days{30}, std::chrono::days{90}};
inline constexpr RangePresets kWasteRanges = {kWasteLengths, kWasteLengths[1],
                                              std::chrono::days{366}};

}  // namespace portal::jobstats
