#pragma once

#include "fcgi/http/response.h"
#include "handlers/visit.h"

namespace portal::top {

/// GET /secure/top/largemem/?sort=: running jobs on nodes of much memory.
[[nodiscard]] Response large_jobs_page(const Visit& visit, Context& context);

}  // namespace portal::top
