#pragma once

#include <fcgiapp.h>

#include <cstddef>

#include "fcgi/base/deadline.h"
#include "fcgi/http/request_parser.h"
#include "fcgi/server/application.h"

namespace portal {

/// Reads the body into the request: the bytes as they are, or the fields of a form, or the text of
/// a JSON body. Length and type are checked before a byte is read. Returns 0, or the status that
/// the request deserves: 400 (fewer bytes than announced before the deadline, a field that is not
/// UTF-8, more than 64 fields), 411 (no length), 413 (more than `most` bytes), 415 (neither form
/// nor JSON where one of them is expected).
[[nodiscard]] int read_body(ParsedRequest& parsed, const Parameters& parameters,
                            FCGX_Stream* stream, Admission::Body kind, std::size_t most,
                            const Deadline& deadline);

}  // namespace portal
