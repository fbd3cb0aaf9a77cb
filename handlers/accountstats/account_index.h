#pragma once

#include "fcgi/http/response.h"
#include "handlers/visit.h"

namespace portal::accountstats {

/// GET /secure/accountstats/: the viewer's own accounts; `?account=NAME` leads to any account's
/// page, which checks who may see it.
[[nodiscard]] Response account_index(const Visit& visit, Context& context);

}  // namespace portal::accountstats
