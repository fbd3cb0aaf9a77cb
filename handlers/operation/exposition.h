#pragma once

#include <string>

#include "fcgi/base/units.h"
#include "handlers/watched.h"

namespace portal::operation {

/// All that is watched, in Prometheus's text format. Units: seconds, Unix seconds, counts.
[[nodiscard]] std::string exposition(const Watched& watched);

}  // namespace portal::operation
