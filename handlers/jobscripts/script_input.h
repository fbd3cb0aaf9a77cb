#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "fcgi/http/request.h"

namespace portal::jobscripts {

/// Longest body that a request may have, so that every script of `largest` bytes fits into it in
/// the form that the content type says: JSON may write one byte as six. Empty optional for a media
/// type that is not taken.
[[nodiscard]] std::optional<std::size_t> longest_body(const Request& request, std::size_t largest);

/// True if the body is the script itself (application/octet-stream).
[[nodiscard]] bool is_raw(const Request& request);

/// What a body says of a script.
struct ScriptInput {
    std::optional<std::uint32_t> id;    ///< empty if it says none
    std::optional<std::string> script;  ///< any bytes
};

/// Fields that must be in a body.
struct Expected {
    bool id = false;
    bool script = false;
};

/// The fields of a body, or what is wrong with them.
struct ReadInput {
    ScriptInput input;
    std::map<std::string, std::string> errors;  ///< a message by field
};

/// Reads the body of a request. Throws HttpError 400 if it cannot be read at all, 413 if its script
/// is larger than `largest`.
[[nodiscard]] ReadInput read_input(const Request& request, Expected expected, std::size_t largest);

}  // namespace portal::jobscripts
