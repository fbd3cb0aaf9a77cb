#include "handlers/sources/slurm/schema.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "fcgi/base/text.h"
#include "sql/slurm_queries.h"

namespace portal::slurm {
namespace {

/// A column of one of the cluster's tables.
struct Column {
    std::string table;  ///< with the cluster's name before it
    std::string name;
};

constexpr std::string_view kJobs = "_job_table";
constexpr std::string_view kScripts = "_job_script_table";
constexpr std::string_view kAssociations = "_assoc_table";
constexpr std::string_view kQos = "qos_table";

bool has(const std::vector<Column>& columns, std::string_view table, std::string_view name) {
    return std::any_of(columns.begin(), columns.end(), [&](const Column& column) {
        return column.table.ends_with(table) && column.name == name;
    });
}

Schema::Scripts scripts_of(const std::vector<Column>& columns) {
    if (has(columns, kJobs, "script_hash_inx") && has(columns, kScripts, "batch_script")) {
        return Schema::Scripts::Shared;
    }
    return has(columns, kJobs, "batch_script") ? Schema::Scripts::Inline : Schema::Scripts::None;
}

Column read_column(const sql::Row& row) {
    return {row.bytes("table_name"), row.bytes("column_name")};
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
    if (!has(columns.value(), kJobs, "id_job")) {
        return SourceError{SourceId::Slurm, Fault::Rejected,
                           "no job table of this cluster that the account may read"};
    }
    statements.clear_columns();
    for (const Column& column : columns.value()) {
        if (column.table.ends_with(kJobs)) statements.add_column(column.name);
    }
    const bool associations = has(columns.value(), kAssociations, "user") &&
                              has(columns.value(), kAssociations, "id_assoc");
    const auto readable = associations ? Associations::Readable : Associations::Hidden;
    statements.set_job_columns(job_columns(readable));
    auto gpus = session.read(statements.make(queries::kGpuResources), {}, read_gpu);
    if (!gpus.ok()) return gpus.error();
    const bool named = has(columns.value(), kQos, "id") && has(columns.value(), kQos, "name");
    statements.set_job_filter(
        job_filter(gpus.value(), named ? QosNames::Readable : QosNames::Hidden));
    return Schema{scripts_of(columns.value()), readable, std::move(gpus).value()};
}

}  // namespace portal::slurm
