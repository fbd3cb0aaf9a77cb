#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fcgi/base/language.h"
#include "fcgi/base/secret.h"
#include "fcgi/base/units.h"
#include "fcgi/http/identity.h"

namespace portal {

enum class Method { Get, Head, Post, Put, Patch, Delete, Other };

/// One name=value of a query string, decoded.
struct QueryParameter {
    std::string name;
    std::string value;
};

/// The holder of an API token that may use the route.
struct ApiClient {
    std::string token;  ///< name of the token
};

/// A request, read once and never changed. `path` is what Apache decoded and authorised
/// (SCRIPT_NAME + PATH_INFO without the base path); identity comes only from parameters without the
/// HTTP_ prefix.
struct Request {
    Method method = Method::Get;
    std::string path;
    std::vector<QueryParameter> query;
    std::string raw_query;
    std::map<std::string, std::string> captures;  ///< filled by the router, by name
    Identity identity;
    Language language = Language::English;
    std::string id;             ///< request id, also in Apache's log
    std::string if_none_match;  ///< If-None-Match without the suffixes Apache adds
    std::map<std::string, std::string> cookies;
    Secret authorization;              ///< header of that name; Apache hands it on below /api only
    std::string remote_address;        ///< of the client, as Apache knows it
    bool forwarded = false;            ///< a proxy says that it sends for somebody else
    std::string origin;                ///< https://host, as the client wrote it; empty if unusable
    std::string accept;                ///< header of that name
    std::string content_type;          ///< header of that name
    std::string body;                  ///< of a request with a body that is not a form
    std::vector<QueryParameter> form;  ///< fields of a POSTed form, decoded
    std::string route;                 ///< filled by the router: the pattern, for the log line
    std::optional<ApiClient> client;   ///< filled when the token was found to be good
    std::string whose;                 ///< filled by the router: whose data staff look at
    bool quiet = false;                ///< filled by the router: no log line but at level debug

    /// Value of a query parameter; empty optional if absent. Throws HttpError 400 if it is given
    /// twice.
    [[nodiscard]] std::optional<std::string> parameter(std::string_view name) const;
    /// Value of a field of a POSTed form, by the same rules.
    [[nodiscard]] std::optional<std::string> form_value(std::string_view name) const;
    /// The captured {username}; throws HttpError 404 if it is not a login.
    [[nodiscard]] Username username() const;
    /// The captured {job_id}; throws HttpError 404 if it is not a job number.
    [[nodiscard]] JobId job_id() const;
    /// Any captured text.
    [[nodiscard]] const std::string& capture(const std::string& name) const;
};

}  // namespace portal
