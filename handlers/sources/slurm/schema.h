#pragma once

#include <vector>

#include "fcgi/base/result.h"
#include "handlers/sources/slurm/job_columns.h"
#include "handlers/sources/slurm/list_query.h"
#include "handlers/sources/slurm/tres.h"
#include "handlers/sources/sql/session.h"
#include "handlers/sources/sql/statement.h"

namespace portal::slurm {

/// What differs between Slurm's releases and sites, as this account sees it.
struct Schema {
    /// Where submitted scripts are: nowhere (20.11, or not granted), in the job's row (21.08), in a
    /// table of their own (22.05 and later).
    enum class Scripts { None, Inline, Shared };

    Scripts scripts = Scripts::None;
    Associations associations = Associations::Hidden;
    std::vector<GpuTres> gpus;
};

/// Reads the schema and tells `statements` which optional columns exist. A database without the
/// cluster's job table, or an account that may not read it, is Rejected.
/// Source: information_schema.columns, tres_table.
[[nodiscard]] Result<Schema> read_schema(sql::Session& session, sql::StatementMaker& statements);

}  // namespace portal::slurm
