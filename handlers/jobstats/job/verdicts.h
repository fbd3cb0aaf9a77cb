#pragma once

#include <vector>

#include "handlers/jobstats/measures/job_measures.h"
#include "views/pages/jobstats/verdicts.h"

namespace portal::jobstats {

/// The strip of tiles at the top of the job page, in the order of job_measures(); empty if the job
/// never started.
[[nodiscard]] std::vector<views::Verdict> verdicts_of(const JobFacts& facts);

}  // namespace portal::jobstats
