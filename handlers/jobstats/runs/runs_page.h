#pragma once

#include "fcgi/http/response.h"
#include "handlers/visit.h"

namespace portal::jobstats {

/// GET /secure/jobstats/{username}/name/?name=NAME&account=ACCOUNT: the newest runs of one kind of
/// job, and what to write in its script next time. Without an account: that of the newest run;
/// without a name: leads to the list of jobs.
[[nodiscard]] Response runs_page(const Visit& visit, Context& context);

}  // namespace portal::jobstats
