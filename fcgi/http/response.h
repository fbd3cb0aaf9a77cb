#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace portal {

/// Retry-After of every 503, in seconds: when a source or a worker is likely to be free again.
inline constexpr std::string_view kRetryAfter = "10";

/// What goes back to the browser. The worker adds Content-Length, the request id and the security
/// headers.
struct Response {
    int status = 200;
    std::string content_type = "text/html; charset=utf-8";
    std::string body;
    /// Further headers in order, without CR or LF (the writer refuses those).
    std::vector<std::pair<std::string, std::string>> headers{};
    /// What follows `body`, part by part until an empty one, so that a long answer needs little
    /// memory; it may ask the sources of the request in hand. Null: nothing follows. The answer has
    /// no Content-Length then.
    std::function<std::string()> more{};
};

/// An answer in JSON.
[[nodiscard]] inline Response json_response(int status, std::string json,
                                            std::string cache_control) {
    return {.status = status,
            .content_type = "application/json",
            .body = std::move(json),
            .headers = {{"Cache-Control", std::move(cache_control)}}};
}

}  // namespace portal
