#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "handlers/context.h"
#include "handlers/sources/own/summaries/summary.h"
#include "handlers/sources/slurm/job.h"
#include "views/parts/jobs/job_table.h"

namespace portal {

/// True if the summary is that of the row as it is now: the same submission, end and state.
[[nodiscard]] bool is_of(const database::Summary& summary, const slurm::Job& job);
[[nodiscard]] bool is_of(const database::SummaryMark& mark, const slurm::Job& job);

/// By attempt (db_index).
using KeptUses = std::map<std::uint64_t, database::SummaryMark>;

/// What the portal keeps of those of the jobs that ran and are over; nothing where the site keeps
/// none, or its database is away, which is logged.
[[nodiscard]] KeptUses read_kept_uses(const std::vector<slurm::Job>& jobs, Context& context);

/// Fills the shares of a finished job's row, as its page says them; leaves alone what is not kept.
void fill_kept_shares(views::JobRow& row, const slurm::Job& job, const KeptUses& uses,
                      const Site& site);

}  // namespace portal
