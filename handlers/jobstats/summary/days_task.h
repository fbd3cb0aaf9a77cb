#pragma once

#include <memory>

#include "handlers/background/task.h"
#include "handlers/context.h"
#include "handlers/sources/current_request.h"

namespace portal::jobstats {

/// The task "days": the sums of each day whose summaries have changed, made again as a whole. When
/// nothing is due it goes through all days there are and makes those again that count other jobs
/// than there are summaries: of the time before there were sums, or of another release.
[[nodiscard]] std::unique_ptr<background::Task> days_task(Context& context,
                                                          CurrentRequest& request);

}  // namespace portal::jobstats
