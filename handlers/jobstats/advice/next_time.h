#pragma once

#include <vector>

#include "handlers/jobstats/advice/findings.h"
#include "handlers/jobstats/advice/options.h"
#include "handlers/jobstats/job/job_measures.h"
#include "views/pages/jobstats/advice/next_time.h"

namespace portal::jobstats {

/// The options that the findings advise to change, in the form in which the job wrote them, and
/// what that saves. Nothing is requested below what was observed, with the site's margins.
[[nodiscard]] views::NextTime next_time_of(const std::vector<Finding>& findings,
                                           const Values& values, const JobFacts& facts,
                                           const Options& options);

}  // namespace portal::jobstats
