#pragma once

#include "handlers/jobs/job_groups.h"
#include "handlers/jobs/job_list.h"

namespace portal::jobstats {

/// Jobs of a list that were wasteful, and what their steps say of them.
struct WastefulJobs {
    JobListPage list;
    StepUsages steps;
};

/// Looks through a list for jobs whose verdict is that much was not used. Nothing indexes that, so
/// it looks at some jobs after the other, until it has found enough for a page, for a second or so:
/// JobListPage::searched_back_to then tells how far it came, `next` goes on. `live` is what the
/// person's running jobs use. Errors: any Fault of Slurm's database.
[[nodiscard]] Result<WastefulJobs> read_wasteful_jobs(const slurm::Owner& owner,
                                                      const slurm::JobFilter& filter,
                                                      const ListPosition& after,
                                                      const Result<LiveUses>& live,
                                                      Context& context);

}  // namespace portal::jobstats
