#pragma once

#include "handlers/graphs/family.h"

namespace portal::graph {

/// What the lines of traffic are told apart by, beside the file system: the kind of operation
/// (metadata only), or the user. Operations of a user have the id `user`, or `other` where none is
/// named.
enum class LustreLines { Operations, Users };

/// Rows of the graphs lustre_mdt (metadata operations, stacked) and lustre_ost (bytes read and
/// written); lines that are zero throughout are left out.
[[nodiscard]] std::vector<Row> lustre_rows(LustreLines lines);

/// The query of one line of them, for the series of its metric that `of` selects.
[[nodiscard]] promql::Expr lustre_question(const Line& line, LustreLines lines,
                                           const promql::Selector& of, const Ask& ask);

/// Each target of a job once, though it may be served, or scraped, at two places. Traffic is joined
/// like this before it is added up.
[[nodiscard]] promql::Expr each_target(const promql::Expr& rate);

}  // namespace portal::graph
