#pragma once

#include <string>
#include <vector>

#include "fcgi/http/response.h"
#include "handlers/visit.h"
#include "views/parts/charts/ranges.h"

namespace portal::top {

/// GET /secure/top/waste/?days=&by=&sort=: what everybody's jobs of some days wasted, by user or by
/// account, and how they used their time limits.
[[nodiscard]] Response days_page(const Visit& visit, Context& context);

/// GET /secure/top/waste.csv?days=&by=: all rows of that table.
[[nodiscard]] Response days_file(const Visit& visit, Context& context);

/// Links to the page for each period, and to what is so now; empty if the site keeps no summaries.
/// `now`: the page with them is about now.
[[nodiscard]] std::vector<views::RangeChoice> period_choices(const Request& request,
                                                             const Site& site, bool now);

}  // namespace portal::top
