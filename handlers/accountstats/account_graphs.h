#pragma once

#include "handlers/access/account_name.h"
#include "handlers/graphs/endpoint.h"

namespace portal::accountstats {

/// The graphs of an account's page.
[[nodiscard]] const graph::Page<AccountName>& account_graphs();

}  // namespace portal::accountstats
