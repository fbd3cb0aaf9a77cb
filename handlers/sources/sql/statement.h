#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>

#include "sql/query.h"

namespace portal::sql {

/// True if the name can be part of a quoted table name, inside backticks or quotation marks: 1 to
/// 40 of [a-z0-9_.-].
[[nodiscard]] bool is_table_prefix(std::string_view name);

/// A statement ready to prepare: `name` for the log, `text` with every substitution done.
struct Statement {
    std::string name;
    std::string text;
};

/// A statement without substitutions.
[[nodiscard]] Statement plain(const queries::Query& query);

/// Does the six substitutions that statement text may have, and no other.
class StatementMaker {
 public:
    /// Most members of one list.
    static constexpr std::size_t kLongestList = 1024;

    /// For a database whose tables have no prefix: `{cluster}` is a std::logic_error.
    StatementMaker() = default;
    /// Throws std::invalid_argument unless `cluster` is_table_prefix.
    explicit StatementMaker(std::string cluster);

    /// What `{job_columns}` stands for, with other substitutions; without this call it is a
    /// std::logic_error.
    void set_job_columns(std::string columns);
    /// The same of `{job_filter}`.
    void set_job_filter(std::string conditions);
    /// From now on `{optional:name}` stands for the column; without this call it is
    /// `null as name`.
    void add_column(std::string_view name);
    /// Forgets the columns that were added.
    void clear_columns() { columns_.clear(); }

    /// The statement with `{list}` as that many placeholders, or `{rows:N}` as that many rows of N
    /// (1 to kLongestList, otherwise std::logic_error).
    [[nodiscard]] Statement make(const queries::Query& query, std::size_t list_length = 1) const;

 private:
    [[nodiscard]] std::string filled_in(std::string_view rest, std::size_t list_length) const;
    [[nodiscard]] std::string replacement(std::string_view what, std::size_t list_length) const;

    std::string cluster_;
    std::string job_columns_;
    std::string job_filter_;
    std::set<std::string> columns_;
};

/// `text` for a LIKE whose escape character is `!`: finds it anywhere, its own % and _ are letters.
/// Empty stays empty.
[[nodiscard]] std::string like_anywhere(std::string_view text);

}  // namespace portal::sql
