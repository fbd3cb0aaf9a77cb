#pragma once

#include "handlers/modules.h"

namespace portal::top {

/// What staff ask of everybody: the users, jobs and file systems that stand out.
[[nodiscard]] Module module();

}  // namespace portal::top
