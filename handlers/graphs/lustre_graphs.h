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

/// The query of one line of them, for the jobs with an exact value of one label.
[[nodiscard]] promql::Expr lustre_question(const Line& line, LustreLines lines,
                                           promql::Literal label, std::string_view value,
                                           const Ask& ask);

}  // namespace portal::graph
