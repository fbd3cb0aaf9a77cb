#pragma once

#include "fcgi/base/response.h"
#include "fcgi/request.h"
#include "handlers/context.h"

namespace portal::jobstats {

/// GET /secure/jobstats/{username}/: current use, graphs, jobs.
[[nodiscard]] Response user_page(const Request& request, Context& context);

/// GET /secure/jobstats/{username}/graph/{graph}.json
[[nodiscard]] Response user_graph(const Request& request, Context& context);

}  // namespace portal::jobstats
