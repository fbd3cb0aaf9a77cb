#include "handlers/portal.h"

#include "fcgi/base/json_writer.h"
#include "fcgi/base/log.h"
#include "fcgi/base/network.h"
#include "fcgi/http/http_error.h"
#include "handlers/access/api_access.h"
#include "handlers/access/audit.h"
#include "handlers/access/membership.h"
#include "handlers/jobscripts/script_input.h"
#include "handlers/page/api.h"
#include "handlers/page/pages.h"

namespace portal {
namespace {

bool wants_json(const Request& request) {
    return request.path.ends_with(".json");
}

/// Somebody signed in who is none of the site's people: the log says why, for who is asked about
/// it.
[[noreturn]] void refuse(std::string_view reason, const views::Sentence& told) {
    log::write(log::Level::Information, "sign_in.refused", {{"reason", reason}});
    throw HttpError(403, told.id);
}

bool asks_for_sign_in(Access access) {
    return access != Access::Anyone && access != Access::Operator && !asks_for_token(access);
}

/// On this machine, or in one of the networks that the site names; not somebody for whom a proxy
/// there asks.
bool is_operator(const Request& request, const Site& site) {
    if (request.forwarded) return false;
    const std::string& networks = site.operation.networks;
    const std::string_view address = request.remote_address;
    return network::holds("127.0.0.0/8,::1", address) ||
           (!networks.empty() && network::holds(networks, address));
}

/// Throws the error of somebody who is not signed in as the route demands.
void check_sign_in(const Identity& identity, Access access) {
    if (!asks_for_sign_in(access)) return;
    if (identity.sign_in == SignIn::Nobody) throw HttpError(401, "");
    if (identity.sign_in == SignIn::Nameless) {
        refuse("no_name",
               views::sentence("Your institution sent no name for you that the portal accepts. "
                               "Its help desk can look into it: the attribute is "
                               "eduPersonPrincipalName."));
    }
    if (identity.sign_in == SignIn::Refused) {
        refuse("not_of_this_site",
               views::sentence("You are signed in with an account of another institution, or of "
                               "a name that no login here can have."));
    }
}

/// May somebody who is signed in use the route? Errors if a membership cannot be checked.
Result<bool> may_use(const Request& request, Access access, const Site& site,
                     ldap::Directory& directory) {
    const Viewer& viewer = request.identity.viewer;
    switch (access) {
        case Access::Anyone:
        case Access::SignedIn:
            return true;
        case Access::SelfOrStaff:
            return viewer.staff || request.username() == viewer.login;
        case Access::AccountMember:
            if (viewer.staff) return true;
            return is_account_member(viewer, request.capture("account"), directory);
        case Access::ProjectMember:
            if (viewer.staff) return true;
            return is_project_member(viewer, request.capture("project"), site, directory);
        case Access::Staff:
            return viewer.staff;
        case Access::Operator:
            return is_operator(request, site);
        case Access::ApiWrite:
        case Access::ApiRead:
        case Access::ApiAdmin:
            return request.client.has_value();
    }
    return false;
}

/// Also a page that one of its sources is missing from.
bool shows_data(const Response& response) {
    return response.status < 400 || response.status == 503;
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

Admission Portal::admit(Request& request, const Deadline& deadline) {
    Admission admission;
    try {
        const Route* route = nullptr;
        admission.refusal = enter(request, deadline, route);
        if (admission.refusal || !is_api(request.path)) return admission;
        const auto most = jobscripts::longest_body(request, parts_.site.scripts.largest);
        if (!most) throw HttpError(415, "");
        admission.body = Admission::Body::Raw;
        admission.most = *most;
    } catch (const HttpError& stop) {
        admission.refusal = error(request, stop.status(), stop.what());
    }
    return admission;
}

Response Portal::serve(Request& request, const Deadline& deadline) {
    try {
        return dispatch(request, deadline);
    } catch (const HttpError& stop) {
        return error(request, stop.status(), stop.what());
    }
}

std::optional<Response> Portal::enter(Request& request, const Deadline& deadline,
                                      const Route*& route) {
    // A client that leaves out the final slash would lose its body to a redirect.
    if (is_api(request.path) && !request.path.ends_with('/')) request.path += '/';
    Match match = router_.find(request.method, request.path);
    if (match.route == nullptr) {
        const bool reading = request.method == Method::Get || request.method == Method::Head;
        const bool page = reading && !wants_json(request);
        if (match.slash_missing && page) return redirect_to_slash(request, parts_.site);
        if (match.allowed.empty()) throw HttpError(404, "");
        return method_not_allowed(error(request, 405, ""), match.allowed);
    }
    route = match.route;
    request.captures = std::move(match.captures);
    request.route = route->pattern;
    request.quiet = route->access == Access::Operator;
    check_sign_in(request.identity, route->access);
    parts_.begin(deadline);
    if (!asks_for_token(route->access) || request.client) return std::nullopt;
    auto client = api_client(request, route->access, parts_.portal_db);
    if (!client.ok()) return api_source_missing(client.error());
    request.client = std::move(client).value();
    return std::nullopt;
}

Response Portal::dispatch(Request& request, const Deadline& deadline) {
    const Route* route = nullptr;
    if (auto answer = enter(request, deadline, route)) return *std::move(answer);
    Context context{parts_.site,      parts_.clock,   parts_.slurm,           parts_.metrics,
                    parts_.directory, parts_.storage, parts_.answers,         parts_.portal_db,
                    parts_.views,     parts_.watched, request.identity.viewer};
    const auto allowed = may_use(request, route->access, parts_.site, parts_.directory);
    if (!allowed.ok()) {
        return wants_json(request) ? source_missing_json(allowed.error())
                                   : source_missing_page(request, context, allowed.error());
    }
    if (!allowed.value()) throw HttpError(404, "");  // refused looks like not found
    if (!parts_.site.audit.enabled) return route->handler(request, context);
    const auto subject = looked_at(request, route->access, parts_.site, parts_.directory);
    if (subject) request.whose = subject->name;
    Response response = route->handler(request, context);
    if (subject && shows_data(response)) keep_view(request, *subject);
    return response;
}

void Portal::keep_view(const Request& request, database::Subject subject) {
    parts_.audit.keep({parts_.clock.now(), request.identity.viewer.login, std::move(subject),
                       page_of(request.path), request.id});
}

Response Portal::failure(const Request& request, int status) {
    return error(request, status, "");
}

Response Portal::error(const Request& request, int status, const std::string& message) {
    if (is_api(request.path)) return api_error(status, message);
    if (wants_json(request)) return json_error(status, error_word(status), message);
    return parts_.views.render(views::ErrorPage{
        .frame = frame_of(request, parts_.site, parts_.clock.now(), ""),
        .status = status,
        .message = {.id = message, .arguments = {}},
        .missing = {},
        .contact = parts_.site.contact,
        .sign_out = parts_.site.sign_out_url,
    });
}

}  // namespace portal
