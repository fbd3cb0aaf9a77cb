#pragma once

#include <optional>

#include "handlers/jobs/use/kept_use.h"
#include "handlers/jobstats/measures/measures.h"
#include "handlers/sources/own/summaries/summary.h"

namespace portal::jobstats {

/// Writes what a summary keeps as it was measured: numbers and flags.
void keep_measures(const Measures& measures, database::Summary& summary);

/// What the summary says of its row: enough for measures, grades and rules, not for the row's page.
[[nodiscard]] slurm::Job job_of(const database::Summary& summary);

/// What the job's page needs, from its summary. Sets the number of measured GPUs of a run in which
/// Slurm counts none.
[[nodiscard]] Measures measures_of(const database::Summary& summary, JobRun& run);

/// The measures of a run that is over, from its summary; empty if it has none, or an older one, or
/// the portal's database is away, which is logged: then they are to be asked for.
[[nodiscard]] std::optional<Measures> kept_measures(JobRun& run, Context& context);

}  // namespace portal::jobstats
