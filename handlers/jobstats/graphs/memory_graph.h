#pragma once

#include "handlers/graphs/family.h"
#include "handlers/jobstats/run/job_run.h"

namespace portal::jobstats {

/// A job's memory by kind; the axis ends at the highest value. In a summary, what was allocated is
/// the limit if it is one value for all lines and all the time.
[[nodiscard]] graph::Family<JobRun> memory_family();

/// Bytes between nodes or GPUs that are worth a word.
inline constexpr double kBytesApart = kGibibyte;

}  // namespace portal::jobstats
