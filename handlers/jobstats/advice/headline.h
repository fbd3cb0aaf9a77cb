#pragma once

#include <vector>

#include "handlers/jobstats/advice/findings.h"
#include "handlers/jobstats/measures/job_measures.h"
#include "views/pages/jobstats/advice/headline.h"

namespace portal::jobstats {

/// The one sentence over the tiles: what the heaviest finding says, with its price; how the job
/// ended; or that nothing needs a change. Empty if nothing can be said of it, as of a job that
/// waits or was not measured.
[[nodiscard]] views::Headline headline_of(const std::vector<Finding>& findings,
                                          const Values& values, const JobFacts& facts,
                                          Language language);

}  // namespace portal::jobstats
