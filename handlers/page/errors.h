#pragma once

#include <string_view>

#include "fcgi/base/result.h"
#include "fcgi/http/response.h"
#include "handlers/context.h"
#include "handlers/visit.h"

namespace portal {

/// {"error": word, "message": text}; the message is left out if empty.
[[nodiscard]] Response json_error(int status, std::string_view word, std::string_view message);

/// Word of an HTTP status in JSON errors: "not_found" ...
[[nodiscard]] std::string_view error_word(int status);

/// 503 with Retry-After: a page's or a graph's primary source is away.
[[nodiscard]] Response source_missing_page(const Visit& visit, Context& context,
                                           const SourceError& error);
/// The same for a page that shows what it can without that source.
void become_unavailable(Response& response);

/// {"error": source}; {"error": "too_long"} if the source itself ended the question.
[[nodiscard]] Response source_missing_json(const SourceError& error);

/// Writes the degraded-answer line of a source.
void log_missing(const SourceError& error);

}  // namespace portal
