#include "handlers/page/api.h"

#include <utility>

#include "fcgi/base/json_writer.h"
#include "handlers/page/errors.h"

namespace portal {
namespace {

std::string_view usual_detail(int status) {
    switch (status) {
        case 400:
            return "The request cannot be read, or its body is shorter than it says.";
        case 401:
            return "Authentication credentials were not provided.";
        case 403:
            return "You do not have permission to perform this action.";
        case 404:
            return "Not found.";
        case 405:
            return "Method not allowed.";
        case 411:
            return "The length of the body must be given.";
        case 413:
            return "The body is too large.";
        case 415:
            return "Unsupported media type in request.";
        case 503:
            return "The portal is busy or its database does not answer. Try again later.";
        default:
            return "The portal failed.";
    }
}

}  // namespace

bool is_api(std::string_view path) {
    return path.starts_with("/api/");
}

Response api_response(int status, std::string json) {
    return json_response(status, std::move(json), "no-store");
}

Response api_error(int status, std::string_view detail) {
    JsonWriter json;
    json.begin_object();
    json.key("detail").value(detail.empty() ? usual_detail(status) : detail);
    json.end_object();
    Response response = api_response(status, json.take());
    if (status == 401) response.headers.emplace_back("WWW-Authenticate", "Token");
    return response;
}

Response api_source_missing(const SourceError& error) {
    log_missing(error);
    Response response = api_error(503, "");
    response.headers.emplace_back("Retry-After", kRetryAfter);
    return response;
}

}  // namespace portal
