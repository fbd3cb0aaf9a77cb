#pragma once

#include <string>

#include "handlers/sources/slurm/job_row.h"
#include "handlers/sources/slurm/settings.h"
#include "handlers/sources/sql/session.h"

namespace portal::slurm {

/// May the account read the table of associations?
enum class Associations { Hidden, Readable };

/// What `{job_columns}` stands for in statements about jobs: the columns that read_job_row() needs.
/// The statements are about the job table without an alias.
[[nodiscard]] std::string job_columns(Associations associations);

/// Those columns of one row.
[[nodiscard]] JobRow read_job_row(const sql::Row& row);

/// Makes valid UTF-8 of the texts that were read straight into a job.
void clean_texts(Job& job, Settings::Text text);

}  // namespace portal::slurm
