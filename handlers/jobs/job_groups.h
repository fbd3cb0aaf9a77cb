#pragma once

#include <string>
#include <vector>

#include "handlers/context.h"
#include "handlers/jobs/use/kept_use.h"
#include "handlers/jobs/use/live_use.h"
#include "handlers/jobs/use/step_shares.h"
#include "handlers/sources/slurm/job.h"
#include "views/parts/jobs/job_table.h"

namespace portal {

/// What was measured of the jobs of a table: live use of those that run; of those that are over
/// what the portal keeps, or else their steps.
struct JobUses {
    const Result<LiveUses>& live;
    const StepUsages& steps;
    KeptUses kept{};
};

/// A job as a row of a table with its shares and its verdict.
[[nodiscard]] views::JobRow measured_row(const slurm::Job& job, const JobUses& uses,
                                         const std::string& owner, Context& context);

/// The jobs as rows of a table with their shares, in order; tasks of one array that follow each
/// other are one group.
[[nodiscard]] std::vector<views::JobGroup> job_groups(const std::vector<slurm::Job>& jobs,
                                                      const JobUses& uses, const std::string& owner,
                                                      Context& context);

}  // namespace portal
