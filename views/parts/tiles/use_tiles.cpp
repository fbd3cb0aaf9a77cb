#include "views/parts/tiles/use_tiles.h"

#include <cmath>

#include "views/base/format.h"

namespace portal::views {
namespace {

/// "58.2 of 64 cores used": what is missing is said, never left out.
std::string amounts_note(const UseRow& row, Unit unit, const Words& words) {
    const double* used = std::get_if<double>(&row.used);
    const double* allocated = std::get_if<double>(&row.allocated);
    const bool known_use = used != nullptr && std::isfinite(*used);
    const bool known_allocation = allocated != nullptr && std::isfinite(*allocated);
    if (known_use && known_allocation) {
        return words.text(mark("{0} used of {1} allocated"),
                          {written(*used, unit, words), written(*allocated, unit, words)});
    }
    if (known_use) return words.text(mark("{0} used"), {written(*used, unit, words)});
    if (known_allocation) {
        return words.text(mark("{0} allocated"), {written(*allocated, unit, words)});
    }
    return {};
}

std::string use_note(const UseRow& row, Unit unit, const Words& words) {
    std::string amounts = amounts_note(row, unit, words);
    if (row.unmeasured == 0) return amounts;
    return words.text(
        mark("{0}; {1}"),
        {amounts, words.plural("{0} job not measured", "{0} jobs not measured", row.unmeasured)});
}

}  // namespace

Tile use_tile(const char* name, const char* anchor, const UseRow& row, Unit unit,
              const Words& words) {
    Tile tile;
    tile.name = words.text(name);
    tile.anchor = anchor;
    tile.share = row.share;
    tile.note = use_note(row, unit, words);
    // Without a share the use itself is shown large, or why it is missing.
    tile.shown = std::holds_alternative<double>(row.share.value) ? row.share.value : row.used;
    if (const double* ratio = std::get_if<double>(&row.share.value)) {
        tile.value = words.percent(*ratio);
    } else if (const double* used = std::get_if<double>(&row.used)) {
        tile.value = written(*used, unit, words);
    }
    if (row.share.grade != Grade::Unknown) tile.word = words.text(tone_of(row.share.grade).word);
    return tile;
}

std::string use_sentence(const CurrentUse& use, const std::optional<std::uint32_t>& waiting_jobs,
                         const Words& words) {
    const auto count = [&](std::uint32_t jobs) { return format::count(jobs, words.language()); };
    if (!waiting_jobs) return words.text(mark("{0} running"), {count(use.running_jobs)});
    if (use.running_jobs == 0 && *waiting_jobs == 0) {
        return words.text(mark("Nothing is running or waiting."));
    }
    return words.text(mark("{0} running, {1} waiting"),
                      {count(use.running_jobs), count(*waiting_jobs)});
}

std::vector<Tile> use_tiles(const CurrentUse& use, UseGraphs graphs, const Words& words) {
    const auto anchor = [&](const char* name) { return graphs == UseGraphs::Here ? name : ""; };
    std::vector<Tile> tiles = {
        use_tile(mark("CPU cores"), anchor("graph-cpu"), use.cores, Unit::Count, words),
        use_tile(mark("Memory"), anchor("graph-mem"), use.memory, Unit::Bytes, words)};
    if (use.gpus) {
        tiles.push_back(
            use_tile(mark("GPUs"), anchor("graph-gpu_utilization"), *use.gpus, Unit::Count, words));
    }
    return tiles;
}

}  // namespace portal::views
