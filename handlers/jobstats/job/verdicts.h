#pragma once

#include <vector>

#include "handlers/jobstats/job/measures.h"
#include "views/pages/jobstats/jobstats_job.h"

namespace portal::jobstats {

/// The strip on top of the job page; empty if the job never started.
[[nodiscard]] std::vector<views::Verdict> verdicts_of(const JobRun& run, const Measures& measures,
                                                      const Site& site);

/// Shares of what the job had, graded only where the samples cover enough of the run.
[[nodiscard]] views::Share share_of_cores(const JobRun& run, const Measures& measures,
                                          const Site& site);
[[nodiscard]] views::Share share_of_memory(const JobRun& run, const Measures& measures,
                                           const Site& site);
[[nodiscard]] views::Share share_of_gpu(const Measures& measures, const Site& site);
[[nodiscard]] views::Share share_of_gpu_memory(const Measures& measures, const Site& site);

/// What to say of the job, the heaviest first; the site's own sentences in that language.
[[nodiscard]] std::vector<views::Notice> notices_of(const JobRun& run, const Measures& measures,
                                                    const std::vector<views::Verdict>& verdicts,
                                                    const Site& site, Language language);

}  // namespace portal::jobstats
