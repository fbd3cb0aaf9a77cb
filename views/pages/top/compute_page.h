#pragma once

#include <string>
#include <utility>
#include <vector>

#include "fcgi/base/reading.h"
#include "views/base/frame.h"
#include "views/pages/top/top_table.h"
#include "views/parts/charts/ranges.h"
#include "views/parts/grade.h"

namespace portal::views {

/// Cores and memory of one user's running jobs; memory in bytes.
struct TopCoreRow {
    TopUser user;
    Reading cores;
    Reading used_cores;
    Reading wasted_cores;
    Share cores_share;
    Reading memory;
    Reading max_memory;
    Share memory_share;
};

/// GPUs of one user's running jobs.
struct TopGpuRow {
    TopUser user;
    Reading gpus;
    Reading used;    ///< how many fully used ones would do the same
    Reading wasted;  ///< the others
    Reading busy;    ///< that do anything
    Grade used_grade = Grade::Unknown;
    Grade busy_grade = Grade::Unknown;
};

/// Who holds and wastes the most. Rows in the order of the page.
struct TopComputePage {
    Frame frame;
    std::string base;                 ///< link of this page without query
    std::vector<RangeChoice> ranges;  ///< now and periods; empty: there are none
    std::string wanted;               ///< beginning of the logins shown; empty: all
    std::vector<std::pair<std::string, std::string>> kept;  ///< parameters that a search keeps
    TopTable<TopCoreRow> cores;
    TopTable<TopGpuRow> gpus;
};

/// Fills the page's template; returns what the browser's title says.
[[nodiscard]] std::string fill(const TopComputePage& page, TemplateDictionary& dict,
                               const Words& words);

}  // namespace portal::views
