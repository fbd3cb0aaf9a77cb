#pragma once

#include "handlers/route.h"

namespace portal::pages {

/// What belongs to no module: the entry page, and the choice of a language.
[[nodiscard]] Routes routes();

}  // namespace portal::pages
