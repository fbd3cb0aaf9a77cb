#pragma once

#include "fcgi/http/response.h"
#include "handlers/visit.h"

namespace portal::cloudstats {

/// GET /secure/cloudstats/: the viewer's projects; for staff, all that had machines lately.
[[nodiscard]] Response project_list(const Visit& visit, Context& context);

/// Path of a project's page, base path included, with final slash; empty if its name cannot be
/// part of a URL.
[[nodiscard]] std::string project_link(const Site& site, const std::string& project);

}  // namespace portal::cloudstats
