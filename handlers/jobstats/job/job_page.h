#pragma once

#include "fcgi/http/request.h"
#include "fcgi/http/response.h"
#include "handlers/context.h"

namespace portal::jobstats {

/// GET /secure/jobstats/{username}/{job_id}/
[[nodiscard]] Response job_page(const Request& request, Context& context);

/// GET /secure/jobstats/{username}/{job_id}/value/cost.json: energy and costs as numbers, null
/// where not known (keys of contract 5.3).
[[nodiscard]] Response job_cost(const Request& request, Context& context);

}  // namespace portal::jobstats
