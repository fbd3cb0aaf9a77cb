#pragma once

#include <string>
#include <vector>

#include "fcgi/base/reading.h"
#include "views/base/frame.h"
#include "views/pages/top/top_table.h"
#include "views/parts/charts/notices.h"
#include "views/parts/grade.h"

namespace portal::views {

/// A running job on nodes of much memory; memory in bytes.
struct LargeJobRow {
    std::string user;       ///< login, or the number of an unknown one
    std::string user_link;  ///< empty: none
    std::string number;
    std::string link;  ///< empty: none
    std::string partition;
    Instant submitted{};
    Instant started{};
    double cores = 0;
    Reading used_cores;
    Share cores_share;
    Reading memory;
    Reading max_memory;
    Share memory_share;
};

/// Running jobs on nodes of much memory, in the order of the page.
struct LargeJobsPage {
    Frame frame;
    std::string partition;  ///< what the names of these partitions hold
    Seconds after{};        ///< younger jobs are left out
    Seconds eligible{};     ///< those that became eligible longer ago, too
    std::vector<Notice> notices;
    TopTable<LargeJobRow> jobs;
};

/// Fills the page's template; returns what the browser's title says.
[[nodiscard]] std::string fill(const LargeJobsPage& page, TemplateDictionary& dict,
                               const Words& words);

}  // namespace portal::views
