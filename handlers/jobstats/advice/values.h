#pragma once

// handlers/jobstats/advice is what the page of a job advises: values.h turns what was measured into
// the inputs of the rules, findings.h says which rules hold, next_time.h which #SBATCH lines they
// change, headline.h the one sentence on top. The rules themselves are data (handlers/jobstats/
// rules.h, rpm/rules.ini). May include what the module may, and the
// room measures.

#include "handlers/jobstats/advice/script_scan.h"
#include "handlers/jobstats/inputs.h"
#include "handlers/jobstats/measures/job_measures.h"

namespace portal::jobstats {

/// All that is known of a job beside what was measured.
struct Surroundings {
    ScriptScan script;
    std::size_t array_tasks = 0;  ///< of its array that were found, this one included
};

/// The inputs of the rules for one job. Of what was measured for too little of the run, or is more
/// than the job had, there are none.
[[nodiscard]] Values values_of(const JobFacts& facts, const Surroundings& around);

}  // namespace portal::jobstats
