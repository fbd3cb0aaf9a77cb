#pragma once

#include <optional>

#include "handlers/graphs/family.h"
#include "handlers/jobstats/job/job_run.h"

namespace portal::jobstats {

/// Asks when the newest sample of a running job's cores was taken, if the range is as short as that
/// of a page which keeps itself up to date.
[[nodiscard]] std::optional<prometheus::Ticket> ask_newest(const JobRun& run, const graph::Ask& ask,
                                                           Context& context);
/// Nothing if it was not asked, if there is no answer, or no sample of the last minutes.
[[nodiscard]] std::optional<Instant> collect_newest(const std::optional<prometheus::Ticket>& ticket,
                                                    Context& context);

}  // namespace portal::jobstats
