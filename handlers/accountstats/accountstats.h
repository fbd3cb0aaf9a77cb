#pragma once

#include "handlers/modules.h"

namespace portal::accountstats {

/// The accounts a person works in: who uses and wastes what, and what comes of their priority.
[[nodiscard]] Module module();

}  // namespace portal::accountstats
