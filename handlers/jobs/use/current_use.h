#pragma once

#include <vector>

#include "handlers/jobs/use/live_use.h"
#include "handlers/site.h"
#include "handlers/sources/slurm/job.h"
#include "views/parts/tiles/use_tiles.h"

namespace portal {

/// What a person's running jobs hold (Slurm) and use (Prometheus) together. A use is no data if
/// none of the jobs was measured; what a missing source knows is unavailable.
[[nodiscard]] views::CurrentUse current_use(const Result<std::vector<slurm::Job>>& running,
                                            const Result<LiveUses>& live, const Site& site);

}  // namespace portal
