#pragma once

#include <string>
#include <string_view>

#include "fcgi/http/request.h"
#include "fcgi/http/response.h"

namespace portal {

/// What goes out for a response: the head with its empty line, and the body to send after it.
struct CgiAnswer {
    int status = 200;
    std::string head;
    std::string_view body;  ///< a view into the response; empty for HEAD, 204 and 304
    bool goes_on = false;   ///< Response::more follows
};

/// A response in CGI form: `Status:` first, then headers. Adds Content-Length, request id and
/// security headers; for HTML also Vary and Content-Language unless the handler set them. A
/// response whose ETag the browser already has becomes a 304. Throws std::invalid_argument if a
/// header holds CR, LF or another control character, or if its name is no token.
[[nodiscard]] CgiAnswer cgi_answer(const Request& request, const Response& response);

/// True if If-None-Match of the request names this tag (`"abc"`, with its quotes) or is `*`.
[[nodiscard]] bool etag_matches(const Request& request, std::string_view etag);

/// Gives a response an ETag that changes with its body, but not with the id of the request in it:
/// the reader is spared the bytes, not the server the work.
void add_etag(Response& response, const Request& request);

/// A 304 with its ETag and Cache-Control.
[[nodiscard]] Response not_modified(std::string_view etag, std::string_view cache_control);

/// Reason phrase of a status; empty for a status that we never send.
[[nodiscard]] std::string_view reason_phrase(int status);

}  // namespace portal
