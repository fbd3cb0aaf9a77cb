#pragma once

#include "handlers/route.h"

namespace portal::jobscripts {

/// The API: /api/ and /api/jobscripts/, compatible with the clients of the original.
[[nodiscard]] Routes routes();

}  // namespace portal::jobscripts
