#pragma once

#include "handlers/sources/slurm/job.h"
#include "views/parts/jobs/job_table.h"

namespace portal {

/// What a list says of how a job went: its end if it went wrong, otherwise the mark of its shares
/// and what it lost most of. Nothing where nothing is known, and no blame for less than a core. Of
/// a job with GPUs these alone are judged: what share of the cores and of the memory comes with
/// them is not known here.
[[nodiscard]] views::RowVerdict row_verdict(const slurm::Job& job, const views::JobRow& row);

/// True if a verdict says that much of what the job had was not used.
[[nodiscard]] bool is_wasteful(const views::RowVerdict& verdict);

}  // namespace portal
