#pragma once

#include "handlers/modules.h"

namespace portal::pages {

/// What belongs to no module: the home page, who is signed in, and the choice of a language.
[[nodiscard]] Module module();

}  // namespace portal::pages
