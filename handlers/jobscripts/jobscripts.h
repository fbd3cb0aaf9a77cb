#pragma once

#include "handlers/route.h"

namespace portal::jobscripts {

/// The API: /api/ and /api/jobscripts/, as the clients of the first portal know it.
[[nodiscard]] Routes routes();

}  // namespace portal::jobscripts
