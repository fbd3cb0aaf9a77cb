#pragma once

#include "handlers/sources/slurm/job_row.h"
#include "handlers/sources/sql/session.h"

namespace portal::slurm {

/// The columns that every statement about jobs selects, as they are.
[[nodiscard]] JobRow read_job_row(const sql::Row& row);

}  // namespace portal::slurm
