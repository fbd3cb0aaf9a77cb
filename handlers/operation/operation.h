#pragma once

#include "handlers/modules.h"

namespace portal::operation {

/// /health and /metrics, for machines that look after the portal. Those of the pool of
/// the API have the same names below /api, since each pool counts for itself.
[[nodiscard]] Module module();

}  // namespace portal::operation
