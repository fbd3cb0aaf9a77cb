#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "views/parts/part.h"

namespace portal::views {

/// What jobs had and used of one resource, in hours of it; empty: none, or not known.
struct UsedHours {
    std::optional<double> had;
    std::optional<double> known;  ///< of these it is known what was used
    std::optional<double> used;
};

/// Jobs that ended on one day or in one week. Dates in UTC, "2026-11-29".
struct DayBar {
    std::string first;
    std::string last;
    std::uint64_t jobs = 0;
    UsedHours cores;
    UsedHours gpus;
};

/// One after the other, without gaps.
struct DayBars {
    bool weeks = false;
    std::vector<DayBar> bars;
};

/// Charts of core-hours and, if any job had some, of GPU-hours, and all numbers as a table; nothing
/// if no job ended.
void add_day_bars(TemplateDictionary& dict, const TemplateString& marker, const DayBars& bars,
                  const Words& words);

}  // namespace portal::views
