#pragma once

#include "handlers/route.h"

/// A person's quotas, current use and latest jobs on one page.
namespace portal::usersummary {

[[nodiscard]] Routes routes();

}  // namespace portal::usersummary
