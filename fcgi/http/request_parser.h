#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "fcgi/http/request.h"

namespace portal {

/// FastCGI parameters by name, as the web server sent them; the first of equal names counts. Views
/// into memory of the transport.
using Parameters = std::map<std::string_view, std::string_view>;

/// What the site says about requests.
struct RequestRules {
    IdentitySettings identity;
    std::string base_path;
    Language default_language = Language::English;
    /// Identity of every request, for local mode without sign-in; empty: the parameters decide.
    std::optional<Identity> fixed_identity;
};

/// A request as far as it could be read. `error` is 0, or the status that it deserves before any
/// handler sees it: 400 (path, query or length cannot be read), 403 (a form sent from another
/// site), 404 (outside the base path).
struct ParsedRequest {
    Request request;
    int error = 0;
    std::uint64_t content_length = 0;
    bool has_content_length = false;
    bool chunked = false;  ///< has a Transfer-Encoding
    /// Unix microseconds at which the web server took the request (X-Request-Start); 0 if unknown.
    std::int64_t started_us = 0;
};

/// Reads the parameters of one request. Never throws for anything a visitor can send. Identity is
/// never read from a name that begins with HTTP_.
[[nodiscard]] ParsedRequest parse_request(const Parameters& parameters, const RequestRules& rules);

/// A parameter's value; empty if absent.
[[nodiscard]] std::string_view parameter_value(const Parameters& parameters, std::string_view name);

/// Cookies of a Cookie header by name, values as they are; the first of equal names counts.
[[nodiscard]] std::map<std::string, std::string> parse_cookies(std::string_view header);

/// If-None-Match without the suffixes that Apache's compression adds to a tag (-gzip, -br) and
/// without W/: `"a", "b"` or `*`. Empty if it cannot be read.
[[nodiscard]] std::string clean_if_none_match(std::string_view header);

}  // namespace portal
