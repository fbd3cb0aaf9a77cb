#pragma once

// handlers/jobstats/array is a job array as one thing: its page, what it asks the sources, and the
// arithmetic behind it. May include what the module may.

#include "fcgi/http/response.h"
#include "handlers/visit.h"

namespace portal::jobstats {

/// GET /secure/jobstats/{username}/array/{job_id}/
[[nodiscard]] Response array_page(const Visit& visit, Context& context);

}  // namespace portal::jobstats
