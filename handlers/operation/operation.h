#pragma once

// handlers/operation is what looks after the portal: /health and the exposition of /metrics. It
// reads the counters that all workers share and, from the portal's own database, how the background
// service is doing; it asks no other source and waits half a second at most.
// May include fcgi, the sources' interfaces, views, and the folders of handlers that all modules
// share. May not: another module.

#include "handlers/modules.h"

namespace portal::operation {

/// /health and /metrics, for machines that look after the portal. Those of the pool of
/// the API have the same names below /api, since each pool counts for itself.
[[nodiscard]] Module module();

}  // namespace portal::operation
