#pragma once

#include <string>
#include <vector>

#include "handlers/jobstats/advice/findings.h"
#include "handlers/jobstats/advice/needs.h"
#include "handlers/jobstats/advice/options.h"
#include "handlers/jobstats/measures/job_measures.h"
#include "views/pages/jobstats/advice/next_time.h"

namespace portal::jobstats {

/// Other runs of the same kind that are over, the newest first; without any, a run is advised on
/// from itself alone.
struct Alike {
    std::vector<Need> runs;  ///< whole ones
    std::string name;        ///< what they are called
    std::string link;        ///< the page of all of them; empty: the site keeps none
};

/// The options that the findings advise to change, in the form in which the job wrote them, and
/// what that saves. Nothing is requested below what was observed, with the site's margins: in this
/// run, or in this and the others where they are three or more.
[[nodiscard]] views::NextTime next_time_of(const std::vector<Finding>& findings,
                                           const Values& values, const JobFacts& facts,
                                           const Options& options, const Alike& alike = {});

}  // namespace portal::jobstats
