#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "views/base/frame.h"
#include "views/base/sentence.h"
#include "views/parts/charts/notices.h"
#include "views/parts/charts/ranges.h"
#include "views/parts/jobs/job_table.h"
#include "views/parts/tiles/quota.h"
#include "views/parts/tiles/use_tiles.h"

namespace portal::views {

/// Somebody of the staff who looked at a person's page.
struct StaffLook {
    Instant when{};
    std::string viewer;
    Sentence page;
    std::string link;
};

/// The page of module User summary.
struct SummaryPage {
    Frame frame;
    std::string owner;
    std::string base;  ///< link of this page without query
    std::vector<Notice> notices;
    std::vector<Quota> quotas;  ///< the fullest first; empty: the site measures none
    std::string quotas_link;    ///< to the page that says who uses them; empty: no such page
    CurrentUse now;
    std::optional<std::uint32_t> waiting_jobs;  ///< empty: more than were read, or Slurm is away
    std::vector<JobGroup> waiting;              ///< of the latest jobs
    std::vector<JobGroup> jobs;                 ///< those of them that do not wait
    bool jobs_unavailable = false;
    std::string jobs_link;            ///< to all jobs; empty: there is no such page
    std::vector<RangeChoice> ranges;  ///< of the graphs
    bool shows_looks = false;         ///< the site tells people who looked
    bool looks_unavailable = false;
    std::vector<StaffLook> looks;  ///< the newest first
};

/// Fills the page's template; returns what the browser's title says.
[[nodiscard]] std::string fill(const SummaryPage& page, TemplateDictionary& dict,
                               const Words& words);

}  // namespace portal::views
