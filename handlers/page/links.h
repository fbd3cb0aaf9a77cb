#pragma once

#include <string>
#include <string_view>

#include "fcgi/http/response.h"
#include "handlers/site.h"
#include "handlers/visit.h"

namespace portal {

/// Path of a person's page of a module, base path included: /secure/quotas/alice/.
[[nodiscard]] std::string module_link(const Site& site, std::string_view module,
                                      std::string_view owner);

/// The module that a path belongs to: /secure/MODULE/...; empty: none.
[[nodiscard]] std::string module_of(std::string_view path);

/// A path with each segment percent-encoded; slashes stay.
[[nodiscard]] std::string encode_path(std::string_view path);

/// GET /secure/MODULE/: a redirect to the viewer's own page of the module.
[[nodiscard]] Response own_page(const Visit& visit, Context& context);

/// A redirect to a path of this site (base path included).
[[nodiscard]] Response redirect(int status, const std::string& location);

}  // namespace portal
