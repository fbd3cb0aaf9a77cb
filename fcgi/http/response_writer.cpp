#include "fcgi/http/response_writer.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

#include "fcgi/base/ascii.h"
#include "fcgi/base/text.h"

namespace portal {
namespace {

constexpr std::string_view kContentSecurityPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'";

constexpr std::array<std::pair<int, std::string_view>, 24> kReasons{{
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {409, "Conflict"},
    {411, "Length Required"},
    {413, "Content Too Large"},
    {415, "Unsupported Media Type"},
    {429, "Too Many Requests"},
    {500, "Internal Server Error"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
}};

bool is_token(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return ascii::is_alnum(c) || c == '-' || c == '_';
    });
}

bool is_header_text(std::string_view value) {
    return std::none_of(value.begin(), value.end(),
                        [](char c) { return ascii::is_control(c) && c != '\t'; });
}

void add_header(std::string& text, std::string_view name, std::string_view value) {
    if (!is_token(name) || !is_header_text(value)) {
        throw std::invalid_argument("header " + std::string(is_token(name) ? name : "name") +
                                    " holds a control character");
    }
    text.append(name).append(": ").append(value).append("\r\n");
}

bool same_name(std::string_view left, std::string_view right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](char a, char b) { return ascii::to_lower(a) == ascii::to_lower(b); });
}

/// Value of a header that the handler set; empty if it did not.
std::string_view own_header(const Response& response, std::string_view name) {
    for (const auto& [key, value] : response.headers) {
        if (same_name(key, name)) return value;
    }
    return {};
}

void add_defaults(std::string& text, const Request& request, const Response& response) {
    const auto add_missing = [&](std::string_view name, std::string_view value) {
        if (own_header(response, name).empty()) add_header(text, name, value);
    };
    const bool html = response.content_type.rfind("text/html", 0) == 0;
    if (html) {
        add_missing("Vary", "Cookie, Accept-Language");
        add_missing("Content-Language", language_code(request.language));
    }
    // Whatever is not for everybody depends on who is signed in: on a shared browser the next
    // person must not get it.
    const bool shared = own_header(response, "Cache-Control").rfind("public", 0) == 0;
    if (!html && !shared) add_missing("Vary", "Cookie");
    add_missing("Cache-Control", response.status >= 400 ? "no-store" : "private, no-cache");
    add_missing("Content-Security-Policy", kContentSecurityPolicy);
    add_missing("X-Content-Type-Options", "nosniff");
    add_missing("Referrer-Policy", "same-origin");
    add_header(text, "X-Request-Id", request.id);
}

bool is_current(const Request& request, const Response& response) {
    const bool reading = request.method == Method::Get || request.method == Method::Head;
    const std::string_view etag = own_header(response, "ETag");
    return response.status == 200 && reading && !etag.empty() && etag_matches(request, etag);
}

}  // namespace

CgiAnswer cgi_answer(const Request& request, const Response& response) {
    CgiAnswer answer;
    answer.status = is_current(request, response) ? 304 : response.status;
    const bool bare = answer.status == 204 || answer.status == 304;
    answer.head = "Status: " + std::to_string(answer.status);
    answer.head.append(" ").append(reason_phrase(answer.status)).append("\r\n");
    for (const auto& [name, value] : response.headers) add_header(answer.head, name, value);
    add_defaults(answer.head, request, response);
    if (!bare) {
        add_header(answer.head, "Content-Type", response.content_type);
        if (!response.more) {
            add_header(answer.head, "Content-Length", std::to_string(response.body.size()));
        }
    }
    answer.head += "\r\n";
    if (bare || request.method == Method::Head) return answer;
    answer.body = response.body;
    answer.goes_on = static_cast<bool>(response.more);
    return answer;
}

bool etag_matches(const Request& request, std::string_view etag) {
    if (request.if_none_match == "*") return true;
    if (etag.substr(0, 2) == "W/") etag.remove_prefix(2);
    return !etag.empty() && request.if_none_match.find(etag) != std::string::npos;
}

void add_etag(Response& response, const Request& request) {
    const std::string_view body = response.body;
    const auto id =
        request.id.empty() ? body.size() : std::min(body.rfind(request.id), body.size());
    const auto rest = std::min(id + request.id.size(), body.size());
    response.headers.emplace_back("ETag", '"' + text::fingerprint(body.substr(0, id)) +
                                              text::fingerprint(body.substr(rest)) + '"');
}

Response not_modified(std::string_view etag, std::string_view cache_control) {
    return {
        304, "", "", {{"ETag", std::string(etag)}, {"Cache-Control", std::string(cache_control)}}};
}

std::string_view reason_phrase(int status) {
    for (const auto& [code, phrase] : kReasons) {
        if (code == status) return phrase;
    }
    return {};
}

}  // namespace portal
