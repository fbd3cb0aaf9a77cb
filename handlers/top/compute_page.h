#pragma once

#include "fcgi/base/response.h"
#include "fcgi/request.h"
#include "handlers/context.h"

namespace portal::top {

/// GET /secure/top/compute/?user=&sort=&gpu_sort=: who holds and wastes cores, memory and GPUs.
[[nodiscard]] Response compute_page(const Request& request, Context& context);

}  // namespace portal::top
