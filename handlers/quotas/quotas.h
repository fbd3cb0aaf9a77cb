#pragma once

#include "handlers/modules.h"

namespace portal::quotas {

/// Who fills the storage of a person's allocations, as Robinhood counts it.
[[nodiscard]] Module module();

}  // namespace portal::quotas
