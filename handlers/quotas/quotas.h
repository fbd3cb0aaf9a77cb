#pragma once

// handlers/quotas is the module Quotas: what each allocation holds on the file systems by LDAP,
// who fills it by Robinhood (owners.h), and a daily copy of that (copy_task.h).

#include "handlers/modules.h"

namespace portal::quotas {

/// Who fills the storage of a person's allocations, as Robinhood counts it.
[[nodiscard]] Module module();

}  // namespace portal::quotas
