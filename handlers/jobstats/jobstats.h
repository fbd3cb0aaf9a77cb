#pragma once

#include "handlers/route.h"

namespace portal::jobstats {

/// Pages and graphs of Jobstats: a user's jobs, and each job.
[[nodiscard]] Routes routes();

}  // namespace portal::jobstats
