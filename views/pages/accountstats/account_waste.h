#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "views/base/frame.h"
#include "views/parts/charts/ranges.h"
#include "views/parts/jobs/day_bars.h"
#include "views/parts/jobs/sums_table.h"
#include "views/parts/jobs/waste.h"

namespace portal::views {

/// What an account's jobs that ended on some days used and wasted.
struct AccountWastePage {
    Frame frame;
    std::string account;
    std::string first;  ///< dates in UTC, "2026-11-29"
    std::string last;
    std::vector<RangeChoice> ranges;
    std::string file_link;  ///< all rows as CSV
    std::uint64_t jobs = 0;
    WasteNumbers whole;
    WasteNumbers earlier;  ///< of as many days before
    Sentence since{};      ///< from when on jobs are kept; empty: all of them are
    std::string currency;
    SumsTable table;
    DayBars bars;
};

/// Fills the page's template; returns what the browser's title says.
[[nodiscard]] std::string fill(const AccountWastePage& page, TemplateDictionary& dict,
                               const Words& words);

}  // namespace portal::views
