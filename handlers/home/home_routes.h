#pragma once

#include "handlers/route.h"

namespace portal::pages {

/// What belongs to no module: the home page, who is signed in, and the choice of a language.
[[nodiscard]] Routes routes();

}  // namespace portal::pages
