#include "handlers/sources/prometheus/escaping.h"

#include "fcgi/base/ascii.h"
#include "fcgi/base/text.h"

namespace portal::promql {

std::string escape_value(std::string_view value) {
    std::string replacement;
    text::append_utf8(replacement, text::kReplacement);
    std::string result;
    result.reserve(value.size() + 8);
    const std::string clean = text::to_utf8(value);
    for (std::size_t i = 0; i < clean.size(); ++i) {
        const char c = clean[i];
        const auto byte = static_cast<unsigned char>(c);
        if (clean.compare(i, replacement.size(), replacement) == 0) {
            // Prometheus takes the character itself for broken UTF-8.
            result += "\\ufffd";
            i += replacement.size() - 1;
        } else if (c == '\\' || c == '"') {
            result += '\\';
            result += c;
        } else if (c == '\n') {
            result += "\\n";
        } else if (byte < 0x20U || byte == 0x7FU) {
            result += "\\x";
            result += ascii::kHexDigits[byte >> 4U];
            result += ascii::kHexDigits[byte & 15U];
        } else {
            result += c;
        }
    }
    return result;
}

std::string escape_regex(std::string_view value) {
    constexpr std::string_view kSpecial = "\\.+*?()|[]{}^$";
    std::string result;
    for (const char c : value) {
        if (kSpecial.find(c) != std::string_view::npos) result += '\\';
        result += c;
    }
    return result;
}

}  // namespace portal::promql
