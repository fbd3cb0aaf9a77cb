#pragma once

// fcgi/http is one request and its answer as values: how they are read from parameters and bodies,
// what goes wrong (http_error.h), media types, forms and networks. It may include fcgi/base and
// fcgi/config only: it knows neither FastCGI nor a page. Whatever waits or holds a socket belongs
// to fcgi/server.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fcgi/base/language.h"
#include "fcgi/base/secret.h"
#include "fcgi/http/identity.h"

namespace portal {

enum class Method { Get, Head, Post, Put, Patch, Delete, Other };

/// One name=value of a query string or a form, decoded.
struct QueryParameter {
    std::string name;
    std::string value;
};

/// The only value of a name; empty optional if it is absent. Throws HttpError 400 if it is given
/// twice.
[[nodiscard]] std::optional<std::string> only_value(const std::vector<QueryParameter>& values,
                                                    std::string_view name);

/// The head of a request, read once and never changed. `path` is what Apache decoded and authorised
/// (SCRIPT_NAME + PATH_INFO without the base path); identity comes only from parameters without the
/// HTTP_ prefix.
struct Request {
    Method method = Method::Get;
    std::string path;
    std::vector<QueryParameter> query;
    std::string raw_query;
    Identity identity;
    Language language = Language::English;
    std::string id;             ///< request id, also in Apache's log
    std::string if_none_match;  ///< If-None-Match without the suffixes Apache adds
    std::map<std::string, std::string> cookies;
    Secret authorization;        ///< header of that name; Apache hands it on below /api only
    std::string remote_address;  ///< of the client, as Apache knows it
    bool forwarded = false;      ///< a proxy says that it sends for somebody else
    std::string origin;          ///< https://host, as the client wrote it; empty if unusable
    bool same_origin = false;    ///< the browser says that a page of this site sends the request
    std::string accept;          ///< header of that name
    std::string content_type;    ///< header of that name

    /// Value of a query parameter; empty optional if absent. Throws HttpError 400 if it is given
    /// twice.
    [[nodiscard]] std::optional<std::string> parameter(std::string_view name) const;
};

}  // namespace portal
