#pragma once

#include <string>
#include <vector>

#include "fcgi/http/response.h"
#include "handlers/jobstats/run/job_run.h"
#include "handlers/visit.h"
#include "views/pages/jobstats/script.h"

namespace portal::jobstats {

/// The submitted script of an attempt for its page: what was uploaded (`?script=N` chooses a
/// version), else what Slurm keeps. `base` and `query` are those of the page's links. Throws
/// HttpError 404 if there is no such version.
[[nodiscard]] views::ScriptText script_of(const Visit& visit, const Attempts& attempts,
                                          const std::string& base, const std::string& query,
                                          Context& context);

/// Its lines, for advice; empty if none is kept.
[[nodiscard]] Result<std::vector<std::string>> script_lines(const Attempts& attempts,
                                                            Context& context);

/// GET /secure/jobstats/{username}/{job}/script: the submitted script as it was, for download;
/// `?script=N` chooses a version.
[[nodiscard]] Response job_script(const Visit& visit, Context& context);

}  // namespace portal::jobstats
