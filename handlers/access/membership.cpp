#include "handlers/access/membership.h"

#include <algorithm>

namespace portal {
namespace {

/// A person may be a member under any of their logins.
Result<bool> is_among(const std::vector<std::string>& members, const Viewer& viewer,
                      ldap::Directory& directory) {
    if (std::find(members.begin(), members.end(), viewer.login.value) != members.end()) return true;
    if (members.empty()) return false;
    const auto person = directory.by_login(viewer.login);
    if (!person.ok()) return person.error();
    return person.value() && ldap::has_member(members, *person.value());
}

Result<bool> is_allocation_member(const Viewer& viewer, std::string_view group,
                                  ldap::Directory& directory) {
    auto found = directory.allocation(group);
    if (!found.ok()) return found.error();
    if (!found.value()) return false;
    return is_among(found.value()->members, viewer, directory);
}

}  // namespace

Result<bool> is_account_member(const Viewer& viewer, const AccountName& account,
                               ldap::Directory& directory) {
    return is_allocation_member(viewer, account.group, directory);
}

Result<bool> is_project_member(const Viewer& viewer, std::string_view project, const Site& site,
                               ldap::Directory& directory) {
    if (site.exporters.cloud.members == CloudExporter::Members::Allocation) {
        return is_allocation_member(viewer, project, directory);
    }
    const auto list = site.cloud_members.find(std::string(project));
    if (list == site.cloud_members.end()) return false;
    // The list is enough while the directory is away.
    const auto among = is_among(list->second, viewer, directory);
    return among.ok() && among.value();
}

}  // namespace portal
