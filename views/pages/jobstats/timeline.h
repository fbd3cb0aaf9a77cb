#pragma once

#include <string>
#include <vector>

#include "views/base/words.h"
#include "views/pages/jobstats/job_page.h"

namespace ctemplate {
class TemplateDictionary;
class TemplateString;
}  // namespace ctemplate

namespace portal::views {

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
void add_wall_clock(ctemplate::TemplateDictionary& dict, const ctemplate::TemplateString& marker,
                    const Timeline& timeline, const std::string& tone, const Words& words);

}  // namespace portal::views
