#pragma once

#include <optional>

#include "handlers/access/access.h"
#include "handlers/site.h"
#include "handlers/sources/ldap/directory.h"
#include "handlers/sources/own/view.h"
#include "handlers/visit.h"

namespace portal {

/// Whose data the page shows, if somebody of the staff asks for what is not their own: another
/// user's, or that of an account or project they are no member of. A membership that cannot be
/// checked counts as none.
[[nodiscard]] std::optional<database::Subject> looked_at(const Visit& visit, Access access,
                                                         const Site& site,
                                                         ldap::Directory& directory);

/// The page that a path belongs to: of a graph or a file, the page that shows it.
[[nodiscard]] std::string page_of(std::string_view path);

}  // namespace portal
