#pragma once

// handlers/cloudstats is the module Cloud: OpenStack projects, their virtual machines
// (instances.h) and graphs, all from Prometheus.

#include "handlers/modules.h"

namespace portal::cloudstats {

/// Virtual machines of OpenStack projects.
[[nodiscard]] Module module();

}  // namespace portal::cloudstats
