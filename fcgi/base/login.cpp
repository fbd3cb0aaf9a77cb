#include "fcgi/base/login.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string>

#include "fcgi/base/ascii.h"
#include "fcgi/base/text.h"

namespace portal {
namespace {

constexpr std::size_t kLongest = 64;
constexpr std::string_view kSigns = "._-@'+~$";

bool is_ascii(char c) {
    return static_cast<unsigned char>(c) < 0x80U;
}

bool allowed(char c) {
    return !is_ascii(c) || ascii::is_alnum(c) || kSigns.find(c) != std::string_view::npos;
}

struct Range {
    char32_t first;
    char32_t last;
};

/// Beyond ASCII, what is no letter or digit: controls, blanks, marks of direction, signs, wide
/// forms, private use, pictures: what cannot be seen or told from another.
constexpr Range kOdd[] = {
    {0x80, 0xA9},     {0xAB, 0xB4},     {0xB6, 0xB9},       {0xBB, 0xBF},        {0x61C, 0x61C},
    {0x1680, 0x1680}, {0x180B, 0x180F}, {0x2000, 0x2BFF},   {0x3000, 0x303F},    {0xE000, 0xF8FF},
    {0xFE00, 0xFEFF}, {0xFF00, 0xFFFF}, {0x1D000, 0x1FFFF}, {0xE0000, 0x10FFFF},
};

/// The code point of a well-formed character.
char32_t code_of(std::string_view character) {
    const auto lead = static_cast<unsigned char>(character.front());
    if (character.size() == 1) return lead;
    char32_t code = lead & (0x7FU >> character.size());
    for (const char c : character.substr(1))
        code = code << 6U | (static_cast<unsigned char>(c) & 0x3FU);
    return code;
}

bool is_odd(std::string_view character) {
    const char32_t code = code_of(character);
    return std::any_of(std::begin(kOdd), std::end(kOdd), [&](const Range& range) {
        return code >= range.first && code <= range.last;
    });
}

bool has_odd(std::string_view text) {
    while (!text.empty()) {
        const auto next = std::find_if(text.begin() + 1, text.end(), &text::begins_character);
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
    const auto characters = std::count_if(text.begin(), text.end(), &text::begins_character);
    if (static_cast<std::size_t>(characters) > kLongest || has_odd(text)) return std::nullopt;
    return Username{std::string(text)};
}

bool same_login(std::string_view left, std::string_view right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](char a, char b) { return ascii::to_lower(a) == ascii::to_lower(b); });
}

}  // namespace portal
