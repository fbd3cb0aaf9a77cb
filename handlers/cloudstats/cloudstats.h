#pragma once

#include "handlers/modules.h"

namespace portal::cloudstats {

/// Virtual machines of OpenStack projects.
[[nodiscard]] Module module();

}  // namespace portal::cloudstats
