#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "views/base/frame.h"
#include "views/parts/charts/ranges.h"
#include "views/parts/jobs/day_bars.h"
#include "views/parts/jobs/sums_table.h"
#include "views/parts/jobs/time_limits.h"
#include "views/parts/jobs/waste.h"

namespace portal::views {

/// Everybody's jobs that ended on some days: who wasted most, and how they used their time.
struct TopDaysPage {
    Frame frame;
    std::string first;  ///< dates in UTC, "2026-11-29"
    std::string last;
    std::vector<RangeChoice> ranges;  ///< a length of 0: now
    bool accounts = false;            ///< rows are accounts, not people
    std::string people_link;
    std::string accounts_link;
    std::string file_link;  ///< all rows as CSV
    std::uint64_t jobs = 0;
    WasteNumbers whole;
    WasteNumbers earlier;  ///< of as many days before
    Sentence since{};      ///< from when on jobs are kept; empty: all of them are
    std::string currency;
    std::vector<std::string> most;  ///< names of those who wasted most; empty: not told
    double most_part = 0;           ///< of all waste, 0 to 1
    SumsTable table;
    DayBars bars;
    TimeLimitTable partitions;
    TimeLimitTable people;
};

/// Fills the page's template; returns what the browser's title says.
[[nodiscard]] std::string fill(const TopDaysPage& page, TemplateDictionary& dict,
                               const Words& words);

}  // namespace portal::views
