#include "fcgi/base/text.h"

#include <charconv>
#include <cmath>

#include "fcgi/base/ascii.h"

namespace portal::text {
namespace {

/// Length of the well-formed sequence at the start of `text`, 0 if there is none.
std::size_t sequence_length(std::string_view text) {
    const auto first = static_cast<unsigned char>(text[0]);
    if (first < 0x80U) return first == 0 ? 0 : 1;
    const std::size_t length = first >= 0xF0U ? 4 : first >= 0xE0U ? 3 : 2;
    if (first < 0xC2U || first > 0xF4U || text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if (begins_character(text[i])) return 0;
    }
    const auto second = static_cast<unsigned char>(text[1]);
    const bool overlong = (first == 0xE0U && second < 0xA0U) || (first == 0xF0U && second < 0x90U);
    const bool surrogate = first == 0xEDU && second > 0x9FU;
    const bool too_high = first == 0xF4U && second > 0x8FU;
    return overlong || surrogate || too_high ? 0 : length;
}

}  // namespace

std::optional<std::uint64_t> parse_unsigned(std::string_view text, std::uint64_t most) {
    std::uint64_t value = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (text.empty() || error != std::errc{} || stop != end || value > most) return std::nullopt;
    return value;
}

std::optional<double> parse_decimal(std::string_view text) {
    double value = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (text.empty() || error != std::errc{} || stop != end || !std::isfinite(value)) {
        return std::nullopt;
    }
    return value;
}

std::string_view trim(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

std::vector<std::string> split_list(std::string_view text, char separator) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const auto end = text.find(separator);
        const std::string_view part = trim(text.substr(0, end));
        if (!part.empty()) parts.emplace_back(part);
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
    return parts;
}

void append_utf8(std::string& text, std::uint32_t character) {
    const auto byte = [&text](std::uint32_t value) { text += static_cast<char>(value); };
    const auto rest = [&](unsigned shift) { byte(0x80U | ((character >> shift) & 0x3FU)); };
    if (character < 0x80U) return byte(character);
    if (character < 0x800U) {
        byte(0xC0U | (character >> 6U));
    } else {
        if (character < 0x10000U) {
            byte(0xE0U | (character >> 12U));
        } else {
            byte(0xF0U | (character >> 18U));
            rest(12);
        }
        rest(6);
    }
    rest(0);
}

std::string to_utf8(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size());
    while (!bytes.empty()) {
        const std::size_t length = sequence_length(bytes);
        if (length == 0) {
            append_utf8(out, kReplacement);
            bytes.remove_prefix(1);
        } else {
            out += bytes.substr(0, length);
            bytes.remove_prefix(length);
        }
    }
    return out;
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const std::size_t length = sequence_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

std::string hex(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const char byte : bytes) {
        const auto value = static_cast<unsigned char>(byte);
        out += ascii::kHexDigits[value >> 4U];
        out += ascii::kHexDigits[value & 15U];
    }
    return out;
}

std::string fingerprint(std::string_view text) {
    std::uint64_t hash = 14695981039346656037U;
    for (const char byte : text) {
        hash ^= static_cast<unsigned char>(byte);
        hash *= 1099511628211U;
    }
    std::string bytes;
    for (int shift = 56; shift >= 0; shift -= 8) {
        bytes += static_cast<char>((hash >> static_cast<unsigned>(shift)) & 255U);
    }
    return hex(bytes);
}

}  // namespace portal::text
