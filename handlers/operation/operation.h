#pragma once

// handlers/operation is what looks after the portal: /health and the exposition of /metrics. It
// reads the counters that all workers share and asks no source.

#include "handlers/modules.h"

namespace portal::operation {

/// /health and /metrics, for machines that look after the portal. Those of the pool of
/// the API have the same names below /api, since each pool counts for itself.
[[nodiscard]] Module module();

}  // namespace portal::operation
