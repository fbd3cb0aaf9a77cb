#pragma once

// fcgi/programs/doctor is check-config: one file for each thing it looks at, one function each
// that adds lines to a report: sources of one kind side by side. It may include the configuration,
// the list of modules and the sources; it asks them with the portal's own questions. It mends
// nothing and writes nothing.

#include <string>

#include "fcgi/base/time.h"
#include "fcgi/programs/config.h"
#include "fcgi/programs/doctor/report.h"

namespace portal::doctor {

/// Tries everything that a configuration names, with the portal's own questions: sources, grants,
/// clocks, exporters, the web server's part; says what each module will show. Takes as long as the
/// slowest sources, up to their time limits. `web_server` is the virtual host's file; it may be
/// absent. Changes nothing.
[[nodiscard]] Report examine(const Config& config, const std::string& web_server,
                             const Clock& clock);

}  // namespace portal::doctor
