#pragma once

#include "fcgi/http/response.h"
#include "handlers/visit.h"

namespace portal::top {

/// GET /secure/top/compute/?user=&sort=&gpu_sort=: who holds and wastes cores, memory and GPUs.
[[nodiscard]] Response compute_page(const Visit& visit, Context& context);

}  // namespace portal::top
