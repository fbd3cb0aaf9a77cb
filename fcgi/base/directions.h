#pragma once

#include <string>
#include <string_view>

namespace portal::text {

/// The text with the marks that turn the direction of writing (U+200E, U+200F, U+202A to U+202E,
/// U+2066 to U+2069) written out, such as [U+202e]: they would make it look like another text.
[[nodiscard]] std::string show_directions(std::string_view utf8);

}  // namespace portal::text
