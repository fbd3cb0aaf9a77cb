#include "handlers/sources/sql/stored_text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <optional>

#include "fcgi/base/text.h"

namespace portal::sql {
namespace {

constexpr std::uint32_t kFirst = 0x80;
/// What the bytes 0x80 to 0x9F are in the server's latin1, which is Windows-1252.
constexpr std::array<std::uint16_t, 32> kWindows = {
    0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,  0x2030, 0x160,
    0x2039, 0x152,  0x8D,   0x17D,  0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0; });
}

/// The next character of valid UTF-8, which loses it.
std::uint32_t take_character(std::string_view& text) {
    const auto lead = static_cast<unsigned char>(text.front());
    std::size_t length = 1;
    std::uint32_t character = lead;
    if (lead >= 0xF0U) {
        length = 4;
        character = lead & 0x07U;
    } else if (lead >= 0xE0U) {
        length = 3;
        character = lead & 0x0FU;
    } else if (lead >= 0xC0U) {
        length = 2;
        character = lead & 0x1FU;
    }
    for (std::size_t i = 1; i < length; ++i) {
        character = (character << 6U) | (static_cast<unsigned char>(text[i]) & 0x3FU);
    }
    text.remove_prefix(length);
    return character;
}

std::optional<char> latin1_byte(std::uint32_t character) {
    if (character < kFirst || (character >= 0xA0U && character <= 0xFFU)) {
        return static_cast<char>(character);
    }
    const auto* const found = std::find(kWindows.begin(), kWindows.end(), character);
    if (found == kWindows.end()) return std::nullopt;
    return static_cast<char>(kFirst + static_cast<std::uint32_t>(found - kWindows.begin()));
}

/// The bytes that the server has made this text of, if the column is latin1.
std::optional<std::string> stored_bytes(std::string_view text) {
    std::string bytes;
    while (!text.empty()) {
        const auto byte = latin1_byte(take_character(text));
        if (!byte) return std::nullopt;
        bytes += *byte;
    }
    return bytes;
}

std::string from_latin1(std::string_view bytes) {
    std::string text;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        const bool windows = byte >= kFirst && byte < kFirst + kWindows.size();
        text::append_utf8(text, windows ? kWindows.at(byte - kFirst) : byte);
    }
    return text;
}

}  // namespace

std::string readable(std::string_view text, StoredText kind) {
    if (is_ascii(text)) return text::to_utf8(text);
    const bool valid = text::is_utf8(text);
    if (kind == StoredText::Bytes && !valid) return text::to_utf8(from_latin1(text));
    if (kind != StoredText::Guessed || !valid) return text::to_utf8(text);
    const auto bytes = stored_bytes(text);
    return bytes && text::is_utf8(*bytes) ? *bytes : std::string(text);
}

}  // namespace portal::sql
