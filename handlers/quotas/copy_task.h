#pragma once

#include "handlers/background/task.h"
#include "handlers/context.h"
#include "handlers/sources/current_request.h"

namespace portal::quotas {

/// The task "storage": once a day, of each file system that Robinhood knows, what everybody has
/// there; then removes copies that are older than the site wants. One file system in a step; one
/// that cannot be read is tried again later and keeps none of the others waiting. None where the
/// site has no Robinhood.
[[nodiscard]] background::Tasks copy_tasks(Context& context, CurrentRequest& request);

}  // namespace portal::quotas
