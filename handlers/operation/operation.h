#pragma once

#include "handlers/route.h"

namespace portal::operation {

/// Routes of /health and /metrics, for machines that look after the portal. Those of the pool of
/// the API have the same names below /api, since each pool counts for itself.
[[nodiscard]] Routes routes();

}  // namespace portal::operation
