#include "handlers/membership.h"

#include <algorithm>

#include "handlers/common/account_name.h"

namespace portal {

Result<bool> is_account_member(const Viewer& viewer, std::string_view account,
                               ldap::Directory& directory) {
    const auto name = parse_account(account);
    if (!name) return false;
    auto found = directory.allocation(name->group);
    if (!found.ok()) return found.error();
    if (!found.value()) return false;
    const auto& members = found.value()->members;
    return std::find(members.begin(), members.end(), viewer.login.value) != members.end();
}

}  // namespace portal
