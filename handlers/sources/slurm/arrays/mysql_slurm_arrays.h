#pragma once

#include "handlers/sources/slurm/arrays/array.h"
#include "handlers/sources/sql/session.h"

// How rows of the statements about arrays are read. The file of that name also has the functions of
// MysqlSlurmDb that are about arrays, and about what follows a job.
namespace portal::slurm {

/// A row of array_counts.
[[nodiscard]] ArrayCount read_count(const sql::Row& row);
/// A row of array_marks.
[[nodiscard]] TaskMark read_mark(const sql::Row& row);

}  // namespace portal::slurm
