#pragma once

#include <string>
#include <vector>

#include "fcgi/programs/config.h"

namespace portal {

/// Runs the tasks of all modules until TERM or INT. HUP runs `command` in its place, once the same
/// with --check-only has succeeded. TERM, INT and HUP must be blocked. Without the portal's own
/// database there are no tasks: it logs that and ends. Returns the exit status.
[[nodiscard]] int serve_background(const Config& config, const std::vector<std::string>& command);

}  // namespace portal
