#pragma once

#include <vector>

#include "views/job_parts.h"
#include "views/parts.h"
#include "views/words.h"

namespace portal::views {

/// Are the graphs of use on the same page, so that a tile can lead to its own?
enum class UseGraphs { Here, Elsewhere };

/// One tile for each kind of what runs right now.
[[nodiscard]] std::vector<Tile> use_tiles(const CurrentUse& use, UseGraphs graphs,
                                          const Words& words);

}  // namespace portal::views
