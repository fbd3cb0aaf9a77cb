#pragma once

#include "fcgi/http/request.h"
#include "fcgi/http/response.h"
#include "handlers/context.h"

namespace portal::top {

/// GET /secure/top/compute/?user=&sort=&gpu_sort=: who holds and wastes cores, memory and GPUs.
[[nodiscard]] Response compute_page(const Request& request, Context& context);

}  // namespace portal::top
