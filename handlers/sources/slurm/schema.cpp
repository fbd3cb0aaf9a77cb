#include "handlers/sources/slurm/schema.h"

#include <algorithm>
#include <string>
#include <utility>

#include "fcgi/base/text.h"
#include "sql/slurm_queries.h"

namespace portal::slurm {
namespace {

/// A column of one of the cluster's tables.
struct Column {
    bool of_job_table = false;
    std::string name;
};

bool has(const std::vector<Column>& columns, bool of_job_table, const std::string& name) {
    return std::any_of(columns.begin(), columns.end(), [&](const Column& column) {
        return column.of_job_table == of_job_table && column.name == name;
    });
}

Schema::Scripts scripts_of(const std::vector<Column>& columns) {
    if (has(columns, true, "script_hash_inx") && has(columns, false, "batch_script")) {
        return Schema::Scripts::Shared;
    }
    return has(columns, true, "batch_script") ? Schema::Scripts::Inline : Schema::Scripts::None;
}

Column read_column(const sql::Row& row) {
    return {row.bytes("table_name").ends_with("_job_table"), row.bytes("column_name")};
}

GpuTres read_gpu(const sql::Row& row) {
    const std::string name = text::to_utf8(row.bytes("name"));
    const auto colon = name.find(':');
    return {row.u32("id"), colon == std::string::npos ? "" : name.substr(colon + 1)};
}

}  // namespace

Result<Schema> read_schema(sql::Session& session, sql::StatementMaker& statements) {
    const auto columns = session.read(statements.make(queries::kColumns), {}, read_column);
    if (!columns.ok()) return columns.error();
    if (!has(columns.value(), true, "id_job")) {
        return SourceError{SourceId::Slurm, Fault::Rejected,
                           "no job table of this cluster that the account may read"};
    }
    statements.clear_columns();
    for (const Column& column : columns.value()) {
        if (column.of_job_table) statements.add_column(column.name);
    }
    auto gpus = session.read(statements.make(queries::kGpuResources), {}, read_gpu);
    if (!gpus.ok()) return gpus.error();
    return Schema{scripts_of(columns.value()), std::move(gpus).value()};
}

}  // namespace portal::slurm
