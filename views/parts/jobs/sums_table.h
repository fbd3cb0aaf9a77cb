#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "views/parts/columns.h"
#include "views/parts/part.h"

namespace portal::views {

/// What jobs had of one resource and wasted, in hours of it (byte-hours of memory), and the share
/// that was used where that is known.
struct WastedHours {
    std::optional<double> had;
    std::optional<double> share;  ///< 0 to 1
    std::optional<double> wasted;
};

/// Somebody's jobs, or an account's.
struct SumsRow {
    std::string name;  ///< empty: nobody knows whose they are
    std::string link;  ///< to what is behind the numbers; empty: none
    std::uint64_t jobs = 0;
    WastedHours cores;
    WastedHours memory;
    WastedHours gpus;
    std::optional<double> cost;    ///< of what was wasted
    std::optional<double> part;    ///< of all waste, 0 to 1
    std::optional<double> change;  ///< of the waste since the period before: 0.5 is half more
};

/// Who had and wasted what, with the sum of all.
struct SumsTable {
    std::vector<SortColumn> columns;
    std::vector<SumsRow> rows;
    SumsRow total;
    bool gpus = false;  ///< there are columns of them
    bool cost = false;
    std::string currency;
    Sentence more;  ///< what is left out; empty: nothing
};

void add_sums_table(TemplateDictionary& dict, const TemplateString& marker, const SumsTable& table,
                    const Words& words);

}  // namespace portal::views
