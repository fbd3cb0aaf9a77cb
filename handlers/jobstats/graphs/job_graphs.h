#pragma once

// handlers/jobstats/graphs is the tables of graphs of a job and of a user. The engine is in
// handlers/graphs, the words are with the pages in views.

#include "handlers/graphs/endpoint.h"
#include "handlers/jobstats/job/job_run.h"

namespace portal::jobstats {

/// The graphs of the job page in its order, by the section that shows them.
[[nodiscard]] const graph::Page<JobRun>& job_graphs();

}  // namespace portal::jobstats
