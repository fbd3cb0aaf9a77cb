#include "handlers/page/pages.h"

#include "fcgi/base/json_writer.h"
#include "fcgi/base/log.h"
#include "fcgi/base/url.h"
#include "fcgi/http/http_error.h"
#include "handlers/page/siblings.h"

namespace portal {
namespace {

constexpr std::string_view kRetryAfterSeconds = "10";

}  // namespace

views::Frame frame_of(const Visit& visit, const Site& site, Instant now, std::string_view whose) {
    const Request& request = visit.request;
    const std::string query = request.raw_query.empty() ? "" : "?" + request.raw_query;
    views::Frame frame;
    frame.language = request.language;
    frame.path = site.base_path + encode_path(request.path) + query;
    frame.viewer = visit.viewer.login.value;
    frame.staff = visit.viewer.staff;
    frame.module = module_of(request.path);
    if (whose != frame.viewer) frame.whose = whose;
    if (visit.subject) frame.whose = visit.subject->name;
    frame.recorded = site.audit.enabled;
    frame.now = now;
    const auto theme = request.cookies.find("theme");
    if (theme != request.cookies.end()) frame.theme = theme->second;
    frame.request_id = request.id;
    frame.siblings = sibling_links(visit, site);
    return frame;
}

views::Crumb jobs_crumb(const views::Frame& frame, const std::string& owner,
                        const std::string& link) {
    if (owner == frame.viewer) return {views::sentence("My jobs"), link};
    return {views::sentence("Jobs of {0}", {views::text_argument(owner)}), link};
}

std::string module_link(const Site& site, std::string_view module, std::string_view owner) {
    return site.base_path + "/secure/" + std::string(module) + "/" + url::encode(owner) + "/";
}

std::string module_of(std::string_view path) {
    constexpr std::string_view kSecure = "/secure/";
    if (!path.starts_with(kSecure)) return {};
    path.remove_prefix(kSecure.size());
    return std::string(path.substr(0, path.find('/')));
}

Response redirect(int status, const std::string& location) {
    Response response;
    response.status = status;
    response.headers.emplace_back("Location", location);
    response.headers.emplace_back("Cache-Control", "no-cache");
    return response;
}

Response json_error(int status, std::string_view word, std::string_view message) {
    JsonWriter json;
    json.begin_object();
    json.key("error").value(word);
    if (!message.empty()) json.key("message").value(message);
    json.end_object();
    Response response;
    response.status = status;
    response.content_type = "application/json";
    response.body = json.take();
    response.headers.emplace_back("Cache-Control", "no-store");
    return response;
}

std::string_view error_word(int status) {
    switch (status) {
        case 400:
            return "bad_request";
        case 401:
            return "signed_out";
        case 403:
            return "forbidden";
        case 404:
            return "not_found";
        case 405:
            return "method_not_allowed";
        case 413:
            return "too_large";
        case 503:
            return "unavailable";
        default:
            return "failed";
    }
}

Response source_missing_page(const Visit& visit, Context& context, const SourceError& error) {
    log_missing(error);
    Response response = context.views.render(views::ErrorPage{
        .frame = frame_of(visit, context.site, context.clock.now(), ""),
        .status = 503,
        .message = {},
        .missing = error.source,
        .contact = context.site.contact,
        .sign_out = {},
    });
    become_unavailable(response);
    return response;
}

void become_unavailable(Response& response) {
    response.status = 503;
    response.headers.emplace_back("Retry-After", kRetryAfterSeconds);
}

Response source_missing_json(const SourceError& error) {
    log_missing(error);
    Response response = json_error(503, source_name(error.source), "");
    become_unavailable(response);
    return response;
}

std::string encode_path(std::string_view path) {
    std::string out;
    while (!path.empty()) {
        const auto slash = path.find('/');
        out += url::encode(path.substr(0, slash));
        if (slash == std::string_view::npos) break;
        out += '/';
        path.remove_prefix(slash + 1);
    }
    return out;
}

void log_missing(const SourceError& error) {
    log::write(log::Level::Warning, "source_missing",
               {{"source", source_name(error.source)},
                {"fault", fault_name(error.fault)},
                {"detail", error.detail}});
}

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
