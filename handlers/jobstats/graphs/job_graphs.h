#pragma once

// handlers/jobstats/graphs is the tables of graphs of a job and of a user. The engine is in
// handlers/graphs, the words are with the pages in views.

#include "fcgi/http/response.h"
#include "handlers/graphs/family.h"
#include "handlers/jobstats/job/job_run.h"
#include "handlers/visit.h"

namespace portal::jobstats {

/// The graphs of the job page in its order, by the section that shows them.
[[nodiscard]] const graph::Families<JobRun>& job_families();

/// GET /secure/jobstats/{username}/{job}/graph/{graph}.json
[[nodiscard]] Response job_graph(const Visit& visit, Context& context);

}  // namespace portal::jobstats
