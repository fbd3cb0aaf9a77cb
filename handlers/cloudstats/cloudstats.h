#pragma once

#include "handlers/route.h"

namespace portal::cloudstats {

/// Virtual machines of OpenStack projects.
[[nodiscard]] Routes routes();

}  // namespace portal::cloudstats
