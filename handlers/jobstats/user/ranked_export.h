#pragma once

#include "handlers/jobstats/user/user_filter.h"
#include "handlers/sources/slurm/job.h"
#include "handlers/visit.h"

namespace portal::jobstats {

/// A sorted list as CSV in UTC, with what the portal keeps of each job: what it had, used, wasted,
/// drew and cost. At most kMostRanked rows; the last one says so. Sent part by part.
[[nodiscard]] Response ranked_export(const Visit& visit, const slurm::Owner& owner,
                                     const UserQuery& query, Context& context);

}  // namespace portal::jobstats
