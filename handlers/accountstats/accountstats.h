#pragma once

// handlers/accountstats is the module Accounts: the list of accounts of a person, and the page of
// one account with its members (member_use.h asks, member_rows.h judges), graphs and priority.
// May include fcgi, the sources' interfaces, views, and the folders of handlers that all modules
// share. May not: another module.

#include "handlers/modules.h"

namespace portal::accountstats {

/// The accounts a person works in: who uses and wastes what, and what comes of their priority.
[[nodiscard]] Module module();

}  // namespace portal::accountstats
