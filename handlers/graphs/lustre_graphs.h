#pragma once

#include <array>
#include <string>

#include "handlers/graphs/family.h"
#include "handlers/visit.h"

namespace portal::graph {

/// What the lines of traffic are told apart by, beside the file system: the kind of operation
/// (metadata only), or the user. Operations of a user have the id `user`, or `other` where none is
/// named.
enum class LustreLines { Operations, Users };

/// Rows of lustre_mdt (metadata operations, stacked) and lustre_ost (bytes read and
/// written); lines that are zero throughout are left out.
[[nodiscard]] std::vector<Row> lustre_rows(LustreLines lines);

/// The query of one line of them, for some series of its metric.
[[nodiscard]] promql::Expr lustre_question(const Line& line, LustreLines lines,
                                           promql::Selector series, const Ask& ask);

/// Both graphs; `of` selects the subject's series of a metric.
template <class Subject, LustreLines lines,
          promql::Selector (*of)(const metric::Metric&, const Subject&)>
[[nodiscard]] Family<Subject> lustre_family() {
    return {.slug = "lustre",
            .section = "files",
            .exporter = &exporter<&Exporters::lustre>,
            .graphs = lustre_rows(lines),
            .question = [](const Line& line, const Subject& subject, const Ask& ask) {
                return lustre_question(line, lines, of(line.metric, subject), ask);
            }};
}

/// Presets of ranges of graphs of file systems.
inline constexpr std::array<Seconds, 3> kFileSystemLengths = {6 * kHour, kDay, 7 * kDay};

/// The file system that an address names. Throws HttpError 404 if the site has no such.
[[nodiscard]] const std::string& file_system_of(const Visit& visit, const Site& site);

/// Each target of a job once, though it may be served, or scraped, at two places. Traffic is joined
/// like this before it is added up.
[[nodiscard]] promql::Expr each_target(const promql::Expr& rate);

/// The word key of a line of one user, or of all that is nobody's.
[[nodiscard]] std::string user_or_other(const prometheus::Series& series);

}  // namespace portal::graph
