#include "handlers/access/membership.h"

#include <algorithm>

namespace portal {
namespace {

bool holds(const std::vector<std::string>& members, const Username& login) {
    return std::find(members.begin(), members.end(), login.value) != members.end();
}

Result<bool> is_allocation_member(const Viewer& viewer, std::string_view group,
                                  ldap::Directory& directory) {
    auto found = directory.allocation(group);
    if (!found.ok()) return found.error();
    return found.value() && holds(found.value()->members, viewer.login);
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
    return list != site.cloud_members.end() && holds(list->second, viewer.login);
}

}  // namespace portal
