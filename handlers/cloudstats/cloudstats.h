#pragma once

// handlers/cloudstats is the module Cloud: OpenStack projects, their virtual machines
// (instances.h) and graphs, all from Prometheus.
// May include fcgi, the sources' interfaces, views, and the folders of handlers that all modules
// share. May not: another module.

#include "handlers/modules.h"

namespace portal::cloudstats {

/// Virtual machines of OpenStack projects.
[[nodiscard]] Module module();

}  // namespace portal::cloudstats
