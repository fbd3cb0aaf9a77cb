#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "handlers/sources/own/summaries/summary.h"
#include "handlers/sources/sql/session.h"

namespace portal::database {

/// Reads a row of job_summary with all its columns.
[[nodiscard]] Summary read_summary(const sql::Row& row);

/// Its values in the order of the columns in sql/portal/summary_write.sql, texts cut to what the
/// columns hold.
[[nodiscard]] std::vector<sql::Value> values_of(const Summary& summary);

/// Names of the columns in that order, comma separated; `without` is null in place of the column of
/// that name.
[[nodiscard]] std::string summary_columns(std::string_view without = {});

}  // namespace portal::database
