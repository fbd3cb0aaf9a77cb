#include "fcgi/server/fcgi_input.h"

#include <algorithm>

#include "fcgi/http/http_error.h"

namespace portal {

/// Takes what libfcgi has in its buffer, or waits for one byte: so the deadline is looked at
/// between any two waits.
std::string read_body(const ParsedRequest& parsed, FCGX_Stream* stream, std::size_t most,
                      const Deadline& deadline) {
    if (!parsed.has_content_length) {
        if (parsed.chunked) throw HttpError(411, "");
        return {};
    }
    if (parsed.content_length > most) throw HttpError(413, "");
    const auto length = static_cast<std::size_t>(parsed.content_length);
    std::string body;
    body.reserve(length);
    while (body.size() < length) {
        if (deadline.passed()) throw HttpError(400, "");
        const auto buffered =
            static_cast<std::size_t>(std::max<std::ptrdiff_t>(stream->stop - stream->rdNext, 1));
        const std::size_t wanted = std::min(buffered, length - body.size());
        const std::size_t before = body.size();
        body.resize(before + wanted);
        const int got = FCGX_GetStr(body.data() + before, static_cast<int>(wanted), stream);
        if (got <= 0) throw HttpError(400, "");
        body.resize(before + static_cast<std::size_t>(got));
    }
    return body;
}

}  // namespace portal
