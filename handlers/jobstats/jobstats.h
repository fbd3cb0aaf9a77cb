#pragma once

// handlers/jobstats is the module Jobstats: `user` is the list of a user's jobs, `job` the page of
// one job, `script` what was submitted, `graphs` the tables of both pages' graphs. The rooms may
// include one another; other modules include none of them.

#include "handlers/modules.h"

namespace portal::jobstats {

/// Pages and graphs of Jobstats: a user's jobs, and each job.
[[nodiscard]] Module module();

}  // namespace portal::jobstats
