#pragma once

// handlers/home is the public page: texts of the site and the load of the file systems, with
// answers shared by all visitors; and the paths that belong to no module.
// May include fcgi, the sources' interfaces, views, and the folders of handlers that all modules
// share. May not: another module.

#include "handlers/modules.h"

namespace portal::pages {

/// What belongs to no module: the home page, who is signed in, and the choice of a language.
[[nodiscard]] Module module();

}  // namespace portal::pages
