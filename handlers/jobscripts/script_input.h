#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "handlers/visit.h"

namespace portal::jobscripts {

/// Longest body that an upload may have, so that every script of the site's largest size fits into
/// it in the form that the content type says: JSON may write one byte as six. Empty optional for a
/// media type that is not taken.
[[nodiscard]] std::optional<std::size_t> longest_body(std::string_view content_type,
                                                      const Site& site);

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

/// Reads the body of an upload. Throws HttpError 400 if it cannot be read at all, 413 if its script
/// is larger than `largest`.
[[nodiscard]] ReadInput read_input(const Visit& visit, Expected expected, std::size_t largest);

}  // namespace portal::jobscripts
