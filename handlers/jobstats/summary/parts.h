#pragma once

// handlers/jobstats/summary is what the portal keeps of a job that is over: summarize.h makes a
// summary of what the job page knows, kept.h turns it back into what the page needs, make.h asks
// the sources for it, and tasks.h does so in the background. Pages of lists read the summaries
// through handlers/sources/own/summaries. May include what the module may, and the
// rooms measures, script and advice.

#include <optional>
#include <string>
#include <string_view>

#include "handlers/jobstats/measures/measures.h"

namespace portal::jobstats {

/// The nodes and cards of a job as text, a line each, and what it did with files, for the column
/// `parts`; empty if nothing was seen:
///   n NAME CORES MEMORY
///   g NODE NUMBER WHOLE|PART CYCLES MEMORY TOTAL TYPE
///   f OPENED DELETED REQUESTS REQUEST_BYTES
/// with tabs between, and - for what is not known.
[[nodiscard]] std::optional<std::string> parts_text(const Measures& measures);

/// Reads them back into the measures; lines that cannot be read are left out.
void read_parts(std::string_view text, Measures& measures);

}  // namespace portal::jobstats
