#include "handlers/portal.h"

#include "fcgi/base/json_writer.h"
#include "fcgi/base/log.h"
#include "fcgi/http/http_error.h"
#include "fcgi/http/network.h"
#include "handlers/access/api_access.h"
#include "handlers/access/audit.h"
#include "handlers/access/form_guard.h"
#include "handlers/access/person.h"
#include "handlers/access/rules.h"
#include "handlers/page/api.h"
#include "handlers/page/errors.h"
#include "handlers/page/frame.h"
#include "handlers/page/links.h"

namespace portal {
namespace {

bool wants_json(const Request& request) {
    return request.path.ends_with(".json");
}

/// Refuses somebody who signed in but is not a user of this site. The log has the reason, for the
/// support staff.
[[noreturn]] void refuse(std::string_view reason, const views::Sentence& told) {
    log::write(log::Level::Information, "sign_in.refused", {{"reason", reason}});
    throw HttpError(403, told.id);
}

/// Throws HttpError 401 or 403 for a visitor who is not signed in as the rule demands.
void check_sign_in(const Identity& identity, const AccessRule& rule) {
    if (rule.needs != AccessRule::Needs::SignIn) return;
    if (identity.sign_in == SignIn::Nobody) throw HttpError(401, "");
    if (identity.sign_in == SignIn::Nameless) {
        refuse("no_name",
               views::sentence("Your institution sent no name for you that the portal accepts. "
                               "Its help desk can look into it: the attribute is "
                               "eduPersonPrincipalName."));
    }
    if (identity.sign_in == SignIn::Refused) {
        refuse("not_of_this_site",
               views::sentence("You are signed in with an account of another institution, or with "
                               "a name that cannot be a login here."));
    }
}

/// The holder of the token that the route needs; empty if it needs none.
Result<std::optional<ApiClient>> holder_of_token(const Request& request, const AccessRule& rule,
                                                 database::PortalDb& db) {
    if (!rule.scope) return std::optional<ApiClient>{};
    auto client = api_client(request, rule.access, db);
    if (!client.ok()) return client.error();
    return std::optional(std::move(client).value());
}

/// The body as the route takes it. Throws HttpError 415 for a type that it does not take, and
/// whatever reading throws.
std::string body_of(const Request& request, const Route& route, const Site& site,
                    const ReadBody& read) {
    if (route.longest_body == nullptr) return {};
    const auto most = route.longest_body(request.content_type, site);
    if (!most) throw HttpError(415, "");
    return read(*most);
}

/// Who sent a request, for the log.
std::string sender_of(const Visit& visit) {
    if (visit.client) return "token:" + visit.client->token;
    return visit.viewer.login.value.empty() ? "-" : visit.viewer.login.value;
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

Served Portal::serve(const Request& request, const ReadBody& read_body) {
    const Match match = router_.find(request.method, request.path);
    Visit visit{.request = request,
                .route = match.route == nullptr ? std::string_view{} : match.route->pattern,
                .viewer = request.identity.viewer,
                .form_token = form_token(request.identity.viewer, parts_.form_key.value),
                .captures = match.captures.value_or(Captures{}),
                .client = {},
                .subject = {},
                .body = {}};
    Served served;
    try {
        served.response = answer(visit, match, read_body);
    } catch (const HttpError& stop) {
        served.response = error(visit, stop.status(), stop.what());
    } catch (...) {
        served.response = error(visit, status_of_exception(request), "");
    }
    served.route = visit.route;
    served.sender = sender_of(visit);
    served.quiet = match.route != nullptr && match.route->access == Access::Operator;
    return served;
}

Response Portal::answer(Visit& visit, const Match& match, const ReadBody& read_body) {
    if (match.route == nullptr) return no_route(visit, match);
    const Route& route = *match.route;
    const AccessRule& rule = rule_of(route.access);
    const Request& request = visit.request;
    Context& context = parts_.context;
    check_sign_in(request.identity, rule);
    auto client = holder_of_token(request, rule, context.portal_db);
    if (!client.ok()) return api_source_missing(client.error());
    visit.client = std::move(client).value();
    if (!match.captures) throw HttpError(404, "");
    settle_logins(visit, route.access, context);
    const auto allowed = may_use(rule, visit, context);
    if (!allowed.ok()) {
        return wants_json(request) ? source_missing_json(allowed.error())
                                   : source_missing_page(visit, context, allowed.error());
    }
    if (!allowed.value()) throw HttpError(404, "");  // refused looks like not found
    visit.body = body_of(request, route, context.site, read_body);
    if (context.site.audit.enabled) visit.subject = looked_at(rule, visit, context);
    return handle(visit, route);
}

Response Portal::no_route(const Visit& visit, const Match& match) {
    const Request& request = visit.request;
    const bool reading = request.method == Method::Get || request.method == Method::Head;
    const bool page = reading && !wants_json(request);
    if (match.slash_missing && page) return redirect_to_slash(request, parts_.context.site);
    if (match.allowed.empty()) throw HttpError(404, "");
    return method_not_allowed(error(visit, 405, ""), match.allowed);
}

Response Portal::handle(const Visit& visit, const Route& route) {
    Response response = route.handler(visit, parts_.context);
    if (visit.subject && shows_data(response)) {
        parts_.audit.keep({parts_.context.clock.now(), visit.viewer.login, *visit.subject,
                           page_of(visit.request.path, route.pattern), visit.request.id});
    }
    return response;
}

Served Portal::failure(const Request& request, int status) {
    const Visit visit{request, {}, request.identity.viewer, {}, {}, {}, {}, {}};
    return {error(visit, status, ""), {}, sender_of(visit)};
}

Response Portal::error(const Visit& visit, int status, const std::string& message) {
    const Request& request = visit.request;
    const Site& site = parts_.context.site;
    if (is_api(request.path)) return api_error(status, message);
    if (wants_json(request)) return json_error(status, error_word(status), message);
    return parts_.context.views.render(views::ErrorPage{
        .frame = frame_of(visit, site, parts_.context.clock.now(), ""),
        .status = status,
        .message = {.id = message, .arguments = {}},
        .missing = {},
        .too_long = false,
        .contact = site.contact,
        .sign_out = site.sign_out_url,
    });
}

}  // namespace portal
