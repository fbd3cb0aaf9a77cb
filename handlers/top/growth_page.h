#pragma once

#include "fcgi/http/response.h"
#include "handlers/visit.h"

namespace portal::top {

/// True if copies are kept of what Robinhood adds up: there is a database for them, and the module
/// that makes them.
[[nodiscard]] bool has_growth(const Site& site);

/// GET /secure/top/growth/: whose storage grew most in 30 days, by person or by group. 404 where no
/// copies are kept; the portal's database away: 503.
[[nodiscard]] Response growth_page(const Visit& visit, Context& context);

/// GET /secure/top/growth.csv: everybody who has more than before, in bytes or files.
[[nodiscard]] Response growth_file(const Visit& visit, Context& context);

}  // namespace portal::top
