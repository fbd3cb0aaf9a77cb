#pragma once

/// sql: a folder for each database, with one statement in each file; the build makes constants of
/// them. More than twenty files in some: each question is a file of its own.
namespace portal::queries {

/// One SQL statement: the name of its file for the log, and its text, in which `{cluster}`,
/// `{job_columns}`, `{job_filter}`, `{optional:column}`, `{list}` and `{rows:N}` are still to be
/// filled in (handlers/sources/sql/statement.h).
struct Query {
    const char* name;
    const char* text;
};

}  // namespace portal::queries
