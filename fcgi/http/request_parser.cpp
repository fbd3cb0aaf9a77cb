#include "fcgi/http/request_parser.h"

#include <algorithm>
#include <limits>
#include <random>

#include "fcgi/base/ascii.h"
#include "fcgi/base/text.h"
#include "fcgi/base/url.h"

namespace portal {
namespace {

constexpr std::size_t kLongestId = 64;

Method read_method(std::string_view name) {
    if (name == "GET") return Method::Get;
    if (name == "HEAD") return Method::Head;
    if (name == "POST") return Method::Post;
    if (name == "PUT") return Method::Put;
    if (name == "PATCH") return Method::Patch;
    if (name == "DELETE") return Method::Delete;
    return Method::Other;
}

bool is_id(std::string_view text) {
    const auto allowed = [](char c) {
        return ascii::is_alnum(c) || c == '-' || c == '_' || c == '.' || c == '@' || c == '+' ||
               c == '/' || c == '=';
    };
    return !text.empty() && text.size() <= kLongestId &&
           std::all_of(text.begin(), text.end(), allowed);
}

/// An id for a request that came without one: unlikely to repeat in a log, no secret.
std::string make_id() {
    std::random_device source;
    std::string bytes;
    for (int word = 0; word < 2; ++word) {
        const unsigned value = source();
        for (unsigned shift = 0; shift < 32; shift += 8) {
            bytes += static_cast<char>((value >> shift) & 255U);
        }
    }
    return text::hex(bytes);
}

/// Identity parameters never come from headers. mod_fcgid turns hyphens of a name into `_`.
std::string_view identity_parameter(const Parameters& parameters, const std::string& name) {
    if (name.rfind("HTTP_", 0) == 0) return {};
    const std::string_view exact = parameter_value(parameters, name);
    if (!exact.empty() || name.find('-') == std::string::npos) return exact;
    std::string spelled = name;
    std::replace(spelled.begin(), spelled.end(), '-', '_');
    if (spelled.rfind("HTTP_", 0) == 0) return {};
    return parameter_value(parameters, spelled);
}

Identity identity_of(const Parameters& parameters, const RequestRules& rules) {
    if (rules.fixed_identity) return *rules.fixed_identity;
    return read_identity({parameter_value(parameters, "AUTH_TYPE"),
                          identity_parameter(parameters, rules.identity.user_variable),
                          identity_parameter(parameters, rules.identity.affiliation_variable),
                          identity_parameter(parameters, rules.identity.session_variable)},
                         rules.identity);
}

/// The path below the base path; empty optional outside of it. `/portal` itself is its root.
std::optional<std::string> below_base(std::string path, const std::string& base) {
    if (path.compare(0, base.size(), base) != 0) return std::nullopt;
    path.erase(0, base.size());
    if (path.empty()) return "/";
    if (path.front() != '/') return std::nullopt;
    return path;
}

int read_path(const Parameters& parameters, const RequestRules& rules, Request& request) {
    std::string path(parameter_value(parameters, "SCRIPT_NAME"));
    path += parameter_value(parameters, "PATH_INFO");
    if (!text::is_utf8(path)) return 400;
    auto below = below_base(std::move(path), rules.base_path);
    if (!below) return 404;
    request.path = *std::move(below);
    return 0;
}

int read_query(const Parameters& parameters, Request& request) {
    request.raw_query = parameter_value(parameters, "QUERY_STRING");
    auto pairs = url::parse_query(request.raw_query);
    if (!pairs) return 400;
    for (auto& [name, value] : *pairs) request.query.push_back({std::move(name), std::move(value)});
    return 0;
}

int read_length(const Parameters& parameters, ParsedRequest& parsed) {
    parsed.chunked = !parameter_value(parameters, "HTTP_TRANSFER_ENCODING").empty();
    const std::string_view given = parameter_value(parameters, "CONTENT_LENGTH");
    if (given.empty()) return 0;
    const auto length = text::parse_unsigned(given, std::numeric_limits<std::uint64_t>::max());
    if (!length) return 400;
    parsed.content_length = *length;
    parsed.has_content_length = true;
    return 0;
}

std::string_view host_of(std::string_view origin) {
    const auto scheme = origin.find("://");
    return scheme == std::string_view::npos ? std::string_view{} : origin.substr(scheme + 3);
}

/// Whose page a browser says that a request comes from.
enum class Sender { Unknown, ThisSite, AnotherSite };

Sender sender_of(const Parameters& parameters) {
    const std::string_view site = parameter_value(parameters, "HTTP_SEC_FETCH_SITE");
    if (site == "none") return Sender::Unknown;
    if (!site.empty()) return site == "same-origin" ? Sender::ThisSite : Sender::AnotherSite;
    const std::string_view origin = parameter_value(parameters, "HTTP_ORIGIN");
    if (origin.empty()) return Sender::Unknown;
    const bool same = host_of(origin) == parameter_value(parameters, "HTTP_HOST");
    return same ? Sender::ThisSite : Sender::AnotherSite;
}

/// 403 for a request that changes something and that a browser sent from another site's page.
int check_sender(Sender sender, Method method) {
    const bool reads = method == Method::Get || method == Method::Head;
    return reads || sender != Sender::AnotherSite ? 0 : 403;
}

/// Scheme and host of the request's own address.
std::string origin_of(const Parameters& parameters) {
    const std::string_view host = parameter_value(parameters, "HTTP_HOST");
    const auto allowed = [](char c) {
        return ascii::is_alnum(c) || c == '-' || c == '.' || c == ':' || c == '[' || c == ']';
    };
    if (host.empty() || !std::all_of(host.begin(), host.end(), allowed)) return {};
    const bool secure = parameter_value(parameters, "HTTPS") == "on" ||
                        parameter_value(parameters, "REQUEST_SCHEME") == "https";
    return (secure ? "https://" : "http://") + std::string(host);
}

std::int64_t read_start(std::string_view header) {
    if (header.substr(0, 2) != "t=") return 0;
    const auto stamp = text::parse_unsigned(header.substr(2), std::uint64_t{1} << 62U);
    return stamp ? static_cast<std::int64_t>(*stamp) : 0;
}

}  // namespace

std::string_view parameter_value(const Parameters& parameters, std::string_view name) {
    const auto found = parameters.find(name);
    return found == parameters.end() ? std::string_view{} : found->second;
}

std::map<std::string, std::string> parse_cookies(std::string_view header) {
    constexpr std::size_t kMost = 64;
    std::map<std::string, std::string> cookies;
    while (!header.empty() && cookies.size() < kMost) {
        const auto end = header.find(';');
        const std::string_view part = header.substr(0, end);
        header.remove_prefix(end == std::string_view::npos ? header.size() : end + 1);
        const auto equals = part.find('=');
        if (equals == std::string_view::npos) continue;
        const std::string_view name = text::trim(part.substr(0, equals));
        if (name.empty()) continue;
        cookies.try_emplace(std::string(name), text::trim(part.substr(equals + 1)));
    }
    return cookies;
}

std::string clean_if_none_match(std::string_view header) {
    if (text::trim(header) == "*") return "*";
    std::string cleaned;
    for (auto open = header.find('"'); open != std::string_view::npos; open = header.find('"')) {
        header.remove_prefix(open + 1);
        const auto close = header.find('"');
        if (close == std::string_view::npos) return {};
        std::string_view tag = header.substr(0, close);
        header.remove_prefix(close + 1);
        for (const std::string_view suffix : {"-gzip", "-br"}) {
            if (tag.size() > suffix.size() && tag.substr(tag.size() - suffix.size()) == suffix) {
                tag.remove_suffix(suffix.size());
                break;
            }
        }
        if (!cleaned.empty()) cleaned += ", ";
        cleaned.append("\"").append(tag).append("\"");
    }
    return cleaned;
}

ParsedRequest parse_request(const Parameters& parameters, const RequestRules& rules) {
    ParsedRequest parsed;
    Request& request = parsed.request;
    const auto given_id = parameter_value(parameters, "HTTP_X_REQUEST_ID");
    request.id = is_id(given_id) ? std::string(given_id) : make_id();
    request.method = read_method(parameter_value(parameters, "REQUEST_METHOD"));
    request.cookies = parse_cookies(parameter_value(parameters, "HTTP_COOKIE"));
    const auto chosen = request.cookies.find("portal_language");
    request.language = choose_language(
        chosen == request.cookies.end() ? std::string_view{} : std::string_view(chosen->second),
        parameter_value(parameters, "HTTP_ACCEPT_LANGUAGE"), rules.default_language);
    request.identity = identity_of(parameters, rules);
    request.if_none_match = clean_if_none_match(parameter_value(parameters, "HTTP_IF_NONE_MATCH"));
    request.content_type = parameter_value(parameters, "CONTENT_TYPE");
    request.accept = parameter_value(parameters, "HTTP_ACCEPT");
    request.authorization.value = parameter_value(parameters, "HTTP_AUTHORIZATION");
    request.remote_address = parameter_value(parameters, "REMOTE_ADDR");
    request.forwarded = !parameter_value(parameters, "HTTP_X_FORWARDED_FOR").empty() ||
                        !parameter_value(parameters, "HTTP_FORWARDED").empty();
    request.origin = origin_of(parameters);
    const Sender sender = sender_of(parameters);
    request.same_origin = sender == Sender::ThisSite;
    parsed.started_us = read_start(parameter_value(parameters, "HTTP_X_REQUEST_START"));
    for (const int error :
         {read_path(parameters, rules, request), read_query(parameters, request),
          read_length(parameters, parsed), check_sender(sender, request.method)}) {
        if (error != 0 && parsed.error == 0) parsed.error = error;
    }
    if (request.path.empty()) request.path = "/";
    return parsed;
}

}  // namespace portal
