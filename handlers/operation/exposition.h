#pragma once

#include <optional>
#include <string>

#include "fcgi/base/units.h"
#include "handlers/sources/own/summaries/task_db.h"
#include "handlers/watched.h"

namespace portal::operation {

/// All that is watched, in Prometheus's text format, and the background service where the site has
/// one and its state can be read. Units: seconds, Unix seconds, counts.
[[nodiscard]] std::string exposition(const Watched& watched,
                                     const std::optional<database::BackgroundState>& background);

}  // namespace portal::operation
