#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "fcgi/base/text.h"

namespace portal::text {

/// A character that is not seen, at the beginning of a text.
struct Unseen {
    unsigned code = 0;
    std::size_t bytes = 0;
};

/// Empty if the text, which is UTF-8, begins with a character that is seen, a blank or the end of a
/// line. Control characters are not seen, nor are the marks that turn the direction of writing
/// (U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069).
[[nodiscard]] inline std::optional<Unseen> unseen(std::string_view utf8) {
    const auto byte = [&](std::size_t at) {
        return at < utf8.size() ? static_cast<unsigned char>(utf8[at]) : 0U;
    };
    const unsigned first = utf8.empty() ? ' ' : byte(0);
    const bool blank = first == '\t' || first == '\n' || first == '\r';
    if ((first < 0x20U && !blank) || first == 0x7FU) return Unseen{first, 1};
    if (first == 0xC2U && byte(1) >= 0x80U && byte(1) < 0xA0U) return Unseen{byte(1), 2};
    if (first != 0xE2U || utf8.size() < 3) return std::nullopt;
    const unsigned code = 0x2000U | (byte(1) & 0x3FU) << 6U | (byte(2) & 0x3FU);
    const bool direction = code == 0x200E || code == 0x200F || (code >= 0x202A && code <= 0x202E) ||
                           (code >= 0x2066 && code <= 0x2069);
    return direction ? std::optional(Unseen{code, 3}) : std::nullopt;
}

/// The text with what is not seen written out, such as [U+202e]: it would look like another text.
[[nodiscard]] inline std::string show_unseen(std::string_view utf8) {
    std::string out;
    out.reserve(utf8.size());
    while (!utf8.empty()) {
        const auto found = unseen(utf8);
        if (found) {
            const std::string bytes = {static_cast<char>(found->code >> 8U),
                                       static_cast<char>(found->code & 0xFFU)};
            out += "[U+" + hex(bytes) + "]";
        } else {
            out += utf8.front();
        }
        utf8.remove_prefix(found ? found->bytes : 1);
    }
    return out;
}

}  // namespace portal::text
