#pragma once

#include <string_view>

#include "fcgi/base/result.h"
#include "fcgi/http/identity.h"
#include "handlers/access/account_name.h"
#include "handlers/site.h"
#include "handlers/sources/ldap/directory.h"

namespace portal {

/// True if the viewer is a member of the active allocation that the account belongs to; an account
/// that does not exist has no members. Errors with any Fault of LDAP: what cannot be checked is
/// neither allowed nor refused.
[[nodiscard]] Result<bool> is_account_member(const Viewer& viewer, const AccountName& account,
                                             ldap::Directory& directory);

/// True if the viewer may see an OpenStack project: as the site has it, a member of the active
/// allocation of that name, or one of the project's list in the configuration. Errors with any
/// Fault of LDAP, never for a list.
[[nodiscard]] Result<bool> is_project_member(const Viewer& viewer, std::string_view project,
                                             const Site& site, ldap::Directory& directory);

}  // namespace portal
