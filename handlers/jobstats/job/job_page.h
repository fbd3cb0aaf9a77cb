#pragma once

#include "fcgi/http/response.h"
#include "handlers/visit.h"

namespace portal::jobstats {

/// GET /secure/jobstats/{username}/{job}/
[[nodiscard]] Response job_page(const Visit& visit, Context& context);

/// GET /secure/jobstats/{username}/{job}/value/cost.json: energy and costs as numbers, null
/// where not known.
[[nodiscard]] Response job_cost(const Visit& visit, Context& context);

}  // namespace portal::jobstats
