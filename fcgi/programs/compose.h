#pragma once

// fcgi/programs holds the programs: userportal (main, compose), userportal-admin (admin, doctor/)
// and userportal-prolog (prolog/), their command lines and the whole configuration. This is the
// top: it may include everything, nothing includes it. prolog/ may include only fcgi/base and
// fcgi/config, since it must run without libraries.

#include <memory>
#include <string>

#include "fcgi/programs/config.h"
#include "fcgi/server/application.h"

namespace portal {

/// Builds the whole portal from its configuration: templates, shared memory, sources. Called once,
/// before the workers are forked, so nothing here may open a connection or start a thread; what
/// needs a connection opens it in the worker, at its first use or in Application::started(). The
/// configuration outlives the result. `workers` is how many there will be. Throws if the portal
/// cannot run; the message is for a person.
[[nodiscard]] std::unique_ptr<Application> compose(const Config& config, unsigned workers);

/// The routes of all modules, one a line: method, pattern, access.
[[nodiscard]] std::string route_table();

}  // namespace portal
