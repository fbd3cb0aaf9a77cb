#pragma once

#include "handlers/modules.h"

/// A person's quotas, current use and latest jobs on one page.
namespace portal::usersummary {

[[nodiscard]] Module module();

}  // namespace portal::usersummary
