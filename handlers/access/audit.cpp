#include "handlers/access/audit.h"

#include "handlers/access/membership.h"
#include "handlers/page/pages.h"

namespace portal {
namespace {

using database::Subject;

bool is_true(const Result<bool>& answer) {
    return answer.ok() && answer.value();
}

}  // namespace

std::optional<Subject> looked_at(const Visit& visit, Access access, const Site& site,
                                 ldap::Directory& directory) {
    const Viewer& viewer = visit.viewer;
    if (!viewer.staff) return std::nullopt;
    if (access == Access::SelfOrStaff) {
        const Username& owner = visit.captures.username;
        if (owner == viewer.login) return std::nullopt;
        return Subject{Subject::Kind::User, owner.value};
    }
    if (access == Access::AccountMember) {
        const AccountName& account = visit.captures.account;
        if (is_true(is_account_member(viewer, account, directory))) return std::nullopt;
        return Subject{Subject::Kind::Account, account.full};
    }
    if (access == Access::ProjectMember) {
        const std::string& project = visit.captures.project;
        if (is_true(is_project_member(viewer, project, site, directory))) return std::nullopt;
        return Subject{Subject::Kind::Project, project};
    }
    return std::nullopt;
}

std::string page_of(std::string_view path) {
    for (const std::string_view part : {"/graph/", "/value/"}) {
        const auto place = path.rfind(part);
        if (place != std::string_view::npos) path = path.substr(0, place + 1);
    }
    return encode_path(path.substr(0, path.rfind('/') + 1));
}

}  // namespace portal
