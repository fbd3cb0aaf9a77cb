#pragma once

#include "fcgi/config/site.h"
#include "handlers/route.h"

namespace portal {

/// Routes of all modules that the site has switched on.
[[nodiscard]] Routes all_routes(const Site& site);

}  // namespace portal
