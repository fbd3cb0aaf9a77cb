#pragma once

// handlers/usersummary is the module Summary: what is full, what runs, the newest jobs, and which
// members of staff looked. quota_series.h knows the quotas of a user, for the page and its graphs
// alike.
// May include fcgi, the sources' interfaces, views, and the folders of handlers that all modules
// share. May not: another module.

#include "handlers/modules.h"

/// A person's quotas, current use and latest jobs on one page.
namespace portal::usersummary {

[[nodiscard]] Module module();

}  // namespace portal::usersummary
