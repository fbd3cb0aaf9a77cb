#pragma once

#include "handlers/route.h"

namespace portal::quotas {

/// Who fills the storage of a person's allocations, as Robinhood counts it.
[[nodiscard]] Routes routes();

}  // namespace portal::quotas
