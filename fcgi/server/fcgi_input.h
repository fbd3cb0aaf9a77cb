#pragma once

#include <fcgiapp.h>

#include <cstddef>
#include <string>

#include "fcgi/base/deadline.h"
#include "fcgi/http/request_parser.h"

namespace portal {

/// Reads the body of a request; empty if it has none. The length is checked before a byte is read.
/// Throws HttpError 400 (fewer bytes than announced before the deadline), 411 (no length), 413
/// (more than `most` bytes).
[[nodiscard]] std::string read_body(const ParsedRequest& parsed, FCGX_Stream* stream,
                                    std::size_t most, const Deadline& deadline);

}  // namespace portal
