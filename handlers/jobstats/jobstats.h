#pragma once

#include "handlers/modules.h"

namespace portal::jobstats {

/// Pages and graphs of Jobstats: a user's jobs, and each job.
[[nodiscard]] Module module();

}  // namespace portal::jobstats
