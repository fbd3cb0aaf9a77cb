#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "views/base/frame.h"
#include "views/parts/charts/charts.h"
#include "views/parts/charts/notices.h"
#include "views/parts/charts/ranges.h"
#include "views/parts/jobs/job_filter.h"
#include "views/parts/jobs/job_table.h"
#include "views/parts/jobs/waste.h"
#include "views/parts/tiles/use_tiles.h"

namespace portal::views {

/// The user page of Jobstats.
struct UserPage {
    Frame frame;
    std::string owner;
    std::string base;  ///< link of this page without query: /secure/jobstats/alice/
    CurrentUse now;
    std::optional<std::uint32_t> waiting_jobs;  ///< empty: more than were read, or Slurm is away
    std::optional<WasteOfDays> waste;           ///< of jobs that are over; empty: none is known
    std::string waste_link;                     ///< to more of it
    std::string currency;
    bool metrics_enabled = true;
    std::vector<Notice> notices;
    ListFilter filter;
    std::string export_link;        ///< the jobs as CSV, narrowed as here
    std::vector<JobGroup> waiting;  ///< pending jobs, the newest first; not beside older jobs
    std::string next_waiting_link;  ///< pending jobs that were submitted before; empty: none
    std::vector<JobGroup> jobs;     ///< the rest, newest start first
    bool ranked = false;            ///< they are in the order of a number instead
    bool jobs_unavailable = false;
    std::string next_link;                      ///< older jobs; empty: none
    std::optional<Instant> searched_back_to{};  ///< next_link goes on searching from here
    std::string first_link;                     ///< back to the newest; empty on the first page
    std::vector<ChartRef> charts;
    std::vector<RangeChoice> ranges;  ///< of the graphs
};

/// Fills the page's template; returns what the browser's title says.
[[nodiscard]] std::string fill(const UserPage& page, TemplateDictionary& dict, const Words& words);

}  // namespace portal::views
