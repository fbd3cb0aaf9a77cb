#pragma once

#include <vector>

#include "handlers/jobstats/measures.h"
#include "views/jobstats_job.h"

namespace portal::jobstats {

/// Grade of a share by the site's table: good at or above `good` percent, poor below `poor`.
[[nodiscard]] views::Grade grade_of(double share, const VerdictLimits& limits);

/// A reading as a graded share of what was asked. `measure` is a key of the verdict table.
[[nodiscard]] views::Share graded(const views::Reading& used, double asked, const Site& site,
                                  const char* measure);

/// Cores and memory in use as shares of what Slurm gave the job.
[[nodiscard]] views::Share cores_share(const views::Reading& used, const slurm::Job& job,
                                       const Site& site);
[[nodiscard]] views::Share memory_share(const views::Reading& used, const slurm::Job& job,
                                        const Site& site);

/// The strip on top of the job page; empty if the job never started.
[[nodiscard]] std::vector<views::Verdict> verdicts_of(const JobRun& run, const Measures& measures,
                                                      const Site& site);

/// What to say of the job, the heaviest first.
[[nodiscard]] std::vector<views::Notice> notices_of(const JobRun& run, const Measures& measures,
                                                    const std::vector<views::Verdict>& verdicts,
                                                    const Site& site);

}  // namespace portal::jobstats
