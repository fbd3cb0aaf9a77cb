#pragma once

// handlers/quotas is the module Quotas: what each allocation holds on the file systems by LDAP,
// who fills it by Robinhood (owners.h), and a daily copy of that (copy_task.h).
// May include fcgi, the sources' interfaces, views, and the folders of handlers that all modules
// share. May not: another module.

#include "handlers/modules.h"

namespace portal::quotas {

/// Who fills the storage of a person's allocations, as Robinhood counts it.
[[nodiscard]] Module module();

}  // namespace portal::quotas
