#pragma once

// handlers/jobstats/user is the list of a user's jobs: its page, the filter as the address has it,
// lists in other orders, CSV, and what these jobs wasted over weeks. May include what the module
// may, and all of its rooms but that of the job page.

#include "fcgi/http/response.h"
#include "handlers/visit.h"

namespace portal::jobstats {

/// GET /secure/jobstats/{username}/: current use, graphs, jobs.
[[nodiscard]] Response user_page(const Visit& visit, Context& context);

}  // namespace portal::jobstats
