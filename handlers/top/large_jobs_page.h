#pragma once

#include "fcgi/http/request.h"
#include "fcgi/http/response.h"
#include "handlers/context.h"

namespace portal::top {

/// GET /secure/top/largemem/?sort=: running jobs on nodes of much memory.
[[nodiscard]] Response large_jobs_page(const Request& request, Context& context);

}  // namespace portal::top
