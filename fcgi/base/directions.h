#pragma once

#include <string>
#include <string_view>

#include "fcgi/base/text.h"

namespace portal::text {

/// The text with the marks that turn the direction of writing (U+200E, U+200F, U+202A to U+202E,
/// U+2066 to U+2069) written out, such as [U+202e]: they would make it look like another text.
[[nodiscard]] inline std::string show_directions(std::string_view utf8) {
    std::string out;
    out.reserve(utf8.size());
    for (std::size_t at = 0; at < utf8.size(); ++at) {
        const std::string_view mark = utf8.substr(at, 3);
        const bool begins = mark.size() == 3 && mark[0] == '\xE2';
        const auto second = begins ? static_cast<unsigned char>(mark[1]) : 0U;
        const auto third = begins ? static_cast<unsigned char>(mark[2]) : 0U;
        const unsigned code = 0x2000U | (second & 0x3FU) << 6U | (third & 0x3FU);
        const bool direction =
            begins && (code == 0x200E || code == 0x200F || (code >= 0x202A && code <= 0x202E) ||
                       (code >= 0x2066 && code <= 0x2069));
        if (!direction) {
            out += utf8[at];
            continue;
        }
        const std::string bytes = {static_cast<char>(code >> 8U), static_cast<char>(code & 0xFFU)};
        out += "[U+" + hex(bytes) + "]";
        at += 2;
    }
    return out;
}

}  // namespace portal::text
