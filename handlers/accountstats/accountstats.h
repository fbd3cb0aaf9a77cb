#pragma once

#include "handlers/route.h"

namespace portal::accountstats {

/// The accounts a person works in: who uses and wastes what, and what comes of their priority.
[[nodiscard]] Routes routes();

}  // namespace portal::accountstats
