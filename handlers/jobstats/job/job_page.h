#pragma once

// handlers/jobstats/job is the page of one job, and what stands on it: verdicts, resources,
// notices. Add a notice here as a row; how it looks belongs to views/pages/jobstats. May include
// what the module may, and all of its rooms but that of the user's list.

#include "fcgi/http/response.h"
#include "handlers/visit.h"

namespace portal::jobstats {

/// GET /secure/jobstats/{username}/{job}/
[[nodiscard]] Response job_page(const Visit& visit, Context& context);

/// GET /secure/jobstats/{username}/{job}/value/cost.json: energy and costs as numbers, null
/// where not known.
[[nodiscard]] Response job_cost(const Visit& visit, Context& context);

}  // namespace portal::jobstats
