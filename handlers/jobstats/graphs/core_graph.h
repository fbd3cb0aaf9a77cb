#pragma once

#include "handlers/graphs/family.h"
#include "handlers/jobstats/run/job_run.h"

namespace portal::jobstats {

/// Cores in use: each of a small job, the sum of each node of a larger one. For a range as short as
/// that of a page which keeps itself up to date, also when the newest sample was taken.
[[nodiscard]] graph::Family<JobRun> core_family();

}  // namespace portal::jobstats
