#include "handlers/access/person.h"

#include "fcgi/http/http_error.h"

namespace portal {

Result<Uid> uid_of(const Visit& visit, Context& context) {
    const Username& login = visit.captures.username;
    auto found = context.directory.by_login(login);
    if (!found.ok()) return found.error();
    if (!found.value() && login == visit.viewer.login) {
        const auto told = views::sentence(
            "This cluster does not know your login yet: a new account "
            "takes some time to arrive here.");
        throw HttpError(403, told.id);
    }
    if (!found.value()) throw HttpError(404, "");
    return found.value()->uid;
}

}  // namespace portal
