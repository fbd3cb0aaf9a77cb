#pragma once

// handlers/jobscripts is the API for job scripts: bodies in four formats are read into fields
// (script_input.h), checked, and kept in the portal's own database. It draws no page.
// May include fcgi, the sources' interfaces, views, and the folders of handlers that all modules
// share. May not: another module.

#include "handlers/modules.h"

namespace portal::jobscripts {

/// The API: /api/ and /api/jobscripts/, as the clients of the first portal know it.
[[nodiscard]] Module module();

}  // namespace portal::jobscripts
