#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "handlers/context.h"
#include "handlers/sources/slurm/job.h"
#include "views/parts/jobs/job_table.h"

namespace portal {

/// Usage by attempt (db_index).
using StepUsages = std::map<std::uint64_t, slurm::StepUsage>;

/// What Slurm's step table says of those of the jobs that ran and are over. Errors:
/// any Fault of Slurm's database.
[[nodiscard]] Result<StepUsages> read_step_usages(const std::vector<slurm::Job>& jobs,
                                                  Context& context);

/// Fills the shares of a finished job's row; leaves them alone where there are no steps with
/// numbers.
void fill_step_shares(views::JobRow& row, const slurm::Job& job, const StepUsages& usages,
                      const Site& site);

}  // namespace portal
