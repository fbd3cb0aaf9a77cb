#pragma once

#include <vector>

#include "handlers/jobstats/job/measures.h"
#include "views/pages/jobstats/jobstats_job.h"

namespace portal::jobstats {

/// The resources table: asked, allocated and used, with GPU rows for GPU jobs.
[[nodiscard]] std::vector<views::ResourceRow> resources_of(const JobRun& run,
                                                           const Measures& measures,
                                                           const Site& site);

}  // namespace portal::jobstats
