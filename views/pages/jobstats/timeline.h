#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fcgi/base/units.h"
#include "views/parts/part.h"

namespace portal::views {

/// The moments of a job.
struct Timeline {
    Instant submitted{};
    std::optional<Instant> eligible;
    std::optional<Instant> started;
    std::optional<Instant> ended;
    std::optional<Seconds> limit;
    Seconds suspended{0};
    Instant now{};
    bool run_unknown = false;  ///< start and end say nothing about how long it ran
};

/// One stretch of the wall clock in thousandths of the whole bar.
struct ClockPiece {
    enum class Kind { Held, Waiting, Running, Left };
    Kind kind = Kind::Held;
    int from = 0;
    int width = 0;

    auto operator<=>(const ClockPiece&) const = default;
};

/// The bar from submission to the end, for a running job to its time limit. Pieces touch each
/// other, never pass 1000 and are never empty; times out of order count as nothing.
[[nodiscard]] std::vector<ClockPiece> clock_pieces(const Timeline& timeline);

/// The wall clock as a figure.
void add_wall_clock(TemplateDictionary& dict, const TemplateString& marker,
                    const Timeline& timeline, const std::string& tone, const Words& words);

}  // namespace portal::views
