#pragma once

#include "fcgi/http/response.h"
#include "handlers/access/account_name.h"
#include "handlers/graphs/family.h"
#include "handlers/visit.h"

namespace portal::accountstats {

/// The graphs of an account's page.
[[nodiscard]] const graph::Families<AccountName>& account_families();

/// GET /secure/accountstats/{account}/graph/{graph}.json
[[nodiscard]] Response account_graph(const Visit& visit, Context& context);

}  // namespace portal::accountstats
