#pragma once

#include <string>

#include "handlers/sources/slurm/job_row.h"
#include "handlers/sources/sql/session.h"

namespace portal::slurm {

/// What `{job_columns}` stands for in statements about jobs: the columns that read_job_row() needs.
[[nodiscard]] std::string job_columns();

/// Those columns of one row.
[[nodiscard]] JobRow read_job_row(const sql::Row& row);

/// Makes valid UTF-8 of the texts that were read straight into a job.
void clean_texts(Job& job);

}  // namespace portal::slurm
