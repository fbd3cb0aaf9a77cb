#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "views/parts/part.h"

namespace portal::views {

/// How jobs of a partition, a person or an account used the time that they asked for.
struct TimeLimitRow {
    std::string name;  ///< empty: nobody knows whose they are
    std::string link;  ///< empty: none
    std::uint64_t short_jobs = 0;
    std::uint64_t limit_jobs = 0;     ///< of known run and limit, as the next four
    std::uint64_t limit_reached = 0;  ///< ended at it
    std::optional<double> requested;  ///< hours, of all together
    std::optional<double> ran;        ///< hours
    std::optional<double> share;      ///< ran of requested, 0 to 1
};

struct TimeLimitTable {
    Sentence who;  ///< what the rows are
    std::vector<TimeLimitRow> rows;
};

/// Nothing if there are no rows.
void add_time_limits(TemplateDictionary& dict, const TemplateString& marker,
                     const TimeLimitTable& table, const Words& words);

}  // namespace portal::views
