#pragma once

#include <vector>

#include "views/base/words.h"
#include "views/parts/job_parts.h"
#include "views/parts/parts.h"

namespace portal::views {

/// Are the graphs of use on the same page, so that a tile can lead to its own?
enum class UseGraphs { Here, Elsewhere };

/// A tile of what is used of what is allocated. `name` is a message id, `anchor` the graph it leads
/// to or empty.
[[nodiscard]] Tile use_tile(const char* name, const char* anchor, const UseRow& row, Unit unit,
                            const Words& words);

/// One tile for each kind of what runs right now.
[[nodiscard]] std::vector<Tile> use_tiles(const CurrentUse& use, UseGraphs graphs,
                                          const Words& words);

}  // namespace portal::views
