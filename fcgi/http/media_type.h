#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace portal {

/// The media type of a Content-Type header without its parameters, lower case: "text/html".
[[nodiscard]] std::string media_type(std::string_view header);

/// A parameter of a header such as `form-data; name="x"; filename=y`, quotes and escapes taken off;
/// names are compared without case. Empty optional if it is not there, is empty or there twice, or
/// if a quoted value does not end.
[[nodiscard]] std::optional<std::string> header_parameter(std::string_view header,
                                                          std::string_view name);

}  // namespace portal
