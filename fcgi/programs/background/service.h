#pragma once

#include <string>
#include <vector>

#include "fcgi/programs/config.h"

namespace portal {

/// Runs the tasks of all modules until TERM or INT; HUP executes `command` anew once it has said,
/// with --check-only, that it would start. TERM, INT and HUP must be blocked. A site without a
/// database of the portal has no such tasks: then it says so and ends. The exit status.
[[nodiscard]] int serve_background(const Config& config, const std::vector<std::string>& command);

}  // namespace portal
