#include "handlers/portal.h"

#include "fcgi/base/json_writer.h"
#include "fcgi/http_error.h"
#include "handlers/common/pages.h"

namespace portal {
namespace {

bool wants_json(const Request& request) {
    return request.path.ends_with(".json");
}

/// Throws the error of a request that may not use the route. Refused looks like not found.
void check_access(const Request& request, Access access) {
    if (access == Access::Anyone) return;
    const Identity& identity = request.identity;
    if (identity.sign_in == SignIn::Nobody) throw HttpError(401, "");
    if (identity.sign_in == SignIn::Refused) throw HttpError(403, "");
    if (access == Access::SignedIn || identity.viewer.staff) return;
    const bool own = access == Access::SelfOrStaff && request.username() == identity.viewer.login;
    if (!own) throw HttpError(404, "");
}

Response redirect_to_slash(const Request& request, const Site& site) {
    const std::string query = request.raw_query.empty() ? "" : "?" + request.raw_query;
    return redirect(301, site.base_path + encode_path(request.path) + "/" + query);
}

Response method_not_allowed(Response response, const std::vector<Method>& allowed) {
    std::string list;
    for (const Method method : allowed) {
        if (!list.empty()) list += ", ";
        list += method_name(method);
        if (method == Method::Get) list += ", HEAD";
    }
    response.headers.emplace_back("Allow", list);
    return response;
}

}  // namespace

Portal::Portal(PortalParts parts, Routes routes)
    : parts_(std::move(parts)), router_(std::move(routes)) {}

Response Portal::serve(Request& request, const Deadline& deadline) {
    try {
        return dispatch(request, deadline);
    } catch (const HttpError& stop) {
        return error(request, stop.status(), stop.what());
    }
}

Response Portal::dispatch(Request& request, const Deadline& deadline) {
    Match match = router_.find(request.method, request.path);
    if (match.route == nullptr) {
        const bool reading = request.method == Method::Get || request.method == Method::Head;
        const bool page = reading && !wants_json(request);
        if (match.slash_missing && page) return redirect_to_slash(request, parts_.site);
        if (match.allowed.empty()) throw HttpError(404, "");
        return method_not_allowed(error(request, 405, ""), match.allowed);
    }
    request.captures = std::move(match.captures);
    request.route = match.route->pattern;
    check_access(request, match.route->access);
    parts_.begin(deadline);
    Context context{parts_.site,      parts_.clock, parts_.slurm,           parts_.metrics,
                    parts_.directory, parts_.views, request.identity.viewer};
    return match.route->handler(request, context);
}

Response Portal::failure(const Request& request, int status) {
    return error(request, status, "");
}

Response Portal::error(const Request& request, int status, const std::string& message) {
    if (wants_json(request)) return json_error(status, error_word(status), message);
    return parts_.views.render(views::ErrorPage{
        .frame = frame_of(request, parts_.site, parts_.clock.now(), ""),
        .status = status,
        .message = {.id = message, .arguments = {}},
        .missing = {},
        .contact = parts_.site.contact,
    });
}

}  // namespace portal
