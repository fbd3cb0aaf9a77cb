#pragma once

#include <string>
#include <string_view>

#include "fcgi/base/result.h"
#include "fcgi/http/http_error.h"
#include "fcgi/http/response.h"

namespace portal {

/// Ends a request of the API. The text is for programs and those who write them: English, sent as
/// it is, nothing of what the client sent.
class ApiError : public HttpError {
 public:
    using HttpError::HttpError;
};

/// True for a path of the API: its answers are JSON, errors too.
[[nodiscard]] bool is_api(std::string_view path);

/// {"detail": text}, as every error of the API that is not about a field. An empty text: the usual
/// one of that status. A 401 names the way to sign in.
[[nodiscard]] Response api_error(int status, std::string_view detail);

/// 503 with Retry-After.
[[nodiscard]] Response api_source_missing(const SourceError& error);

/// An answer of the API.
[[nodiscard]] Response api_response(int status, std::string json);

}  // namespace portal
