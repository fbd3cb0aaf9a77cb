#pragma once

#include "fcgi/http/response.h"
#include "handlers/visit.h"

namespace portal::accountstats {

/// GET /secure/accountstats/{account}/waste/?days=&sort=: what the account's jobs of some days
/// wasted, by member. Jobs and their names are for their owners and for staff.
[[nodiscard]] Response account_waste(const Visit& visit, Context& context);

/// GET /secure/accountstats/{account}/waste.csv?days=: all rows of that table.
[[nodiscard]] Response account_waste_file(const Visit& visit, Context& context);

}  // namespace portal::accountstats
