#pragma once

#include "handlers/modules.h"

namespace portal::jobscripts {

/// The API: /api/ and /api/jobscripts/, compatible with the clients of the original.
[[nodiscard]] Module module();

}  // namespace portal::jobscripts
