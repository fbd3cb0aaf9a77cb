#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "views/parts/grade.h"
#include "views/parts/tiles/tiles.h"
#include "views/parts/value.h"

namespace portal::views {

/// What is allocated right now and how much of it is used.
struct UseRow {
    Reading allocated;  ///< cores, bytes or GPUs; where any job was measured, of those that were
    Reading used;       ///< same unit
    Share share;
    std::uint32_t unmeasured = 0;  ///< jobs that are in neither
};

/// What a person's running jobs hold and use right now.
struct CurrentUse {
    std::uint32_t running_jobs = 0;
    UseRow cores;
    UseRow memory;
    std::optional<UseRow> gpus;  ///< empty: no GPU allocated or measured
};

/// "5 running, 2 waiting"; without the second number where it is not known.
[[nodiscard]] std::string use_sentence(const CurrentUse& use,
                                       const std::optional<std::uint32_t>& waiting_jobs,
                                       const Words& words);

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
