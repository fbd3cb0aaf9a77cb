#include "handlers/access/person.h"

#include <limits>

#include "fcgi/base/login.h"
#include "fcgi/base/text.h"
#include "fcgi/http/http_error.h"

namespace portal {
namespace {

/// The number that a {username} may be; in one spelling only.
std::optional<Uid> number_in(const Username& named) {
    const auto number =
        text::parse_unsigned(named.value, std::numeric_limits<std::uint32_t>::max() - 2);
    if (!number || std::to_string(*number) != named.value) return std::nullopt;
    return Uid{static_cast<std::uint32_t>(*number)};
}

std::optional<ldap::Person> find(const Username& login, Context& context) {
    const auto found = context.directory.by_login(login);
    return found.ok() ? found.value() : std::nullopt;
}

}  // namespace

Result<ldap::Person> person_of(const Visit& visit, Context& context) {
    const Username& login = visit.captures.username;
    auto found = context.directory.by_login(login);
    if (!found.ok()) return found.error();
    if (found.value()) return *std::move(found).value();
    if (login == visit.viewer.login) {
        const auto told = views::sentence(
            "The directory of this cluster has no login of that spelling with one user number. A "
            "new account takes some time to arrive here.");
        throw HttpError(403, told.id);
    }
    const auto number = number_in(login);
    if (!number || !visit.viewer.staff) throw HttpError(404, "");
    return ldap::Person{.login = login, .uid = *number, .name = login.value};
}

Result<Uid> uid_of(const Visit& visit, Context& context) {
    const auto person = person_of(visit, context);
    if (!person.ok()) return person.error();
    return person.value().uid;
}

slurm::Owner jobs_owner(const ldap::Person& person) {
    return {person.uid, person.logins};
}

Username settled_login(const Viewer& viewer, Context& context) {
    const auto person = find(viewer.login, context);
    return person ? person->login : viewer.login;
}

void settle_logins(Visit& visit, Access access, Context& context) {
    Viewer& viewer = visit.viewer;
    Username& named = visit.captures.username;
    if (access == Access::SelfOrStaff && viewer.staff) {
        const bool own = same_login(named.value, viewer.login.value);
        const auto person = find(named, context);
        if (person) named = person->login;
        if (own) viewer.login = named;
        return;
    }
    const bool by_member = access == Access::AccountMember || access == Access::ProjectMember;
    if ((access != Access::SelfOrStaff && !by_member) || viewer.staff) return;
    const auto person = find(viewer.login, context);
    if (!person) return;
    viewer.login = person->login;
    if (person->is_called(named.value)) named = person->login;
}

}  // namespace portal
