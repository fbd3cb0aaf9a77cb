#pragma once

#include <string>
#include <vector>

#include "views/base/frame.h"
#include "views/parts/charts/ranges.h"
#include "views/parts/jobs/day_bars.h"
#include "views/parts/jobs/waste.h"

namespace portal::views {

/// Jobs of one kind: their names are alike but for digits.
struct WasteKind {
    std::string stem;
    std::uint64_t jobs = 0;
    WasteNumbers numbers;
};

struct WastefulJob {
    std::string number;
    std::string name;
    std::string link;
    Instant ended{};
    WasteNumbers numbers;
};

/// What a person's jobs used and wasted in some weeks.
struct WastePage {
    Frame frame;
    std::string owner;
    std::vector<RangeChoice> ranges;
    std::string currency;
    WasteOfDays whole;
    WasteOfDays earlier;  ///< as long before
    Sentence since{};     ///< from when on jobs are kept; empty: all of them are
    DayBars bars;
    std::vector<WasteKind> kinds;   ///< those that wasted most first
    std::vector<WastefulJob> jobs;  ///< the same
};

/// Fills the page's template; returns what the browser's title says.
[[nodiscard]] std::string fill(const WastePage& page, TemplateDictionary& dict, const Words& words);

}  // namespace portal::views
