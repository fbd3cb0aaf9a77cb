#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace portal::tool {

/// One message of a catalogue.
struct Message {
    std::string id;
    std::string id_plural;           ///< empty: no plural
    std::vector<std::string> texts;  ///< one, or one for each plural form
    bool fuzzy = false;
};

/// The messages of a .po file in order, without header and obsolete ones. Throws std::runtime_error
/// naming the line that cannot be read.
[[nodiscard]] std::vector<Message> parse_po(std::string_view text);

/// The head of a .po file: "Name: value" lines. Throws as parse_po.
[[nodiscard]] std::string head_of(std::string_view text);

/// A text as a literal in double quotes, of C++ and of a .po file.
[[nodiscard]] std::string quoted(const std::string& text);

/// The characters of a C string literal's inside; understands \\n \\t \\" \\\\.
[[nodiscard]] std::string unescape(std::string_view literal);

}  // namespace portal::tool
