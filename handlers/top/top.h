#pragma once

#include "handlers/route.h"

namespace portal::top {

/// What staff ask of everybody: the users, jobs and file systems that stand out.
[[nodiscard]] Routes routes();

}  // namespace portal::top
