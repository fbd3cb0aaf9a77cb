#include "fcgi/base/login.h"

#include <algorithm>
#include <cstdint>
#include <string>

#include "fcgi/base/ascii.h"
#include "fcgi/base/text.h"

namespace portal {
namespace {

constexpr std::size_t kLongest = 64;
constexpr std::string_view kSigns = "._-@'+~$";

bool begins_character(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
}

bool is_ascii(char c) {
    return static_cast<unsigned char>(c) < 0x80U;
}

bool allowed(char c) {
    return !is_ascii(c) || ascii::is_alnum(c) || kSigns.find(c) != std::string_view::npos;
}

/// A character of two bytes or more that is no letter: controls, blanks, marks of direction and
/// other signs that cannot be seen or told from another.
bool is_odd(std::string_view character) {
    const auto byte = [&](std::size_t place) {
        return static_cast<unsigned char>(character[place]);
    };
    if (byte(0) == 0xC2U) return byte(1) < 0xAAU;   // controls, no-break space, signs
    if (byte(0) == 0xE2U) return byte(1) < 0xB0U;   // punctuation, arrows, drawings
    if (byte(0) == 0xE3U) return byte(1) == 0x80U;  // ideographic space and marks
    if (byte(0) == 0xEFU) return byte(1) >= 0xB8U || byte(1) == 0xBBU;  // marks, wide forms
    if (byte(0) == 0xEEU) return true;                                  // private use
    return byte(0) >= 0xF0U && byte(1) >= 0x9FU && byte(0) != 0xF0U;
}

bool has_odd(std::string_view text) {
    while (!text.empty()) {
        const auto next = std::find_if(text.begin() + 1, text.end(), &begins_character);
        const auto length = static_cast<std::size_t>(next - text.begin());
        if (length > 1 && is_odd(text.substr(0, length))) return true;
        text.remove_prefix(length);
    }
    return false;
}

}  // namespace

std::optional<Username> parse_username(std::string_view text) {
    if (text.empty() || text.front() == '-' || text.front() == '.') return std::nullopt;
    if (!std::all_of(text.begin(), text.end(), &allowed) || !text::is_utf8(text)) {
        return std::nullopt;
    }
    const auto characters = std::count_if(text.begin(), text.end(), &begins_character);
    if (static_cast<std::size_t>(characters) > kLongest || has_odd(text)) return std::nullopt;
    return Username{std::string(text)};
}

bool same_login(std::string_view left, std::string_view right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](char a, char b) { return ascii::to_lower(a) == ascii::to_lower(b); });
}

}  // namespace portal
