#pragma once

#include "handlers/modules.h"

namespace portal::jobscripts {

/// The API: /api/ and /api/jobscripts/, as the clients of the first portal know it.
[[nodiscard]] Module module();

}  // namespace portal::jobscripts
