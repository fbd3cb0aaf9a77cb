#pragma once

// handlers/jobstats is the module Jobstats. Each of its rooms may include those before it, as
// tests/lint/layers checks: `run` is one attempt of a job and single questions about it, `files`
// and `pace` what it did on file systems and where it is going, `measures` all that it used,
// `graphs` the tables of the pages' graphs, `script` what was submitted, `array` and `chain` jobs
// that belong together, `advice` what could be done better, by the rules (rules.h, inputs.h),
// `summary` what the portal keeps of a job that is over, `runs` several runs of one kind. On top
// are `user`, the list of a user's jobs, and `job`, the page of one job, which include nothing of
// each other. Every room may include fcgi, the sources' interfaces, views, and the folders that all
// modules share. No other module includes any of them.

#include "handlers/modules.h"

namespace portal::jobstats {

/// Pages and graphs of Jobstats: a user's jobs, and each job.
[[nodiscard]] Module module();

}  // namespace portal::jobstats
