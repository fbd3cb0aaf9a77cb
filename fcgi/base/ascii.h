#pragma once

#include <string_view>

/// Tests and conversions of single ASCII characters. Unlike those of <cctype> they do not depend on
/// a locale and take any char: every byte above 0x7F is none of these.
namespace portal::ascii {

/// Digits of hexadecimal numbers, lower case.
inline constexpr std::string_view kHexDigits = "0123456789abcdef";

[[nodiscard]] constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
[[nodiscard]] constexpr bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}
[[nodiscard]] constexpr bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}
[[nodiscard]] constexpr bool is_alpha(char c) {
    return is_lower(c) || is_upper(c);
}
[[nodiscard]] constexpr bool is_alnum(char c) {
    return is_alpha(c) || is_digit(c);
}
/// Below the blank, or DEL.
[[nodiscard]] constexpr bool is_control(char c) {
    return static_cast<unsigned char>(c) < 0x20U || c == 0x7F;
}

[[nodiscard]] constexpr char to_lower(char c) {
    return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}
[[nodiscard]] constexpr char to_upper(char c) {
    return is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c;
}

/// 0 to 15 for a hexadecimal digit of either case, else -1.
[[nodiscard]] constexpr int hex_value(char c) {
    if (is_digit(c)) return c - '0';
    const char lower = to_lower(c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}
[[nodiscard]] constexpr bool is_hex_digit(char c) {
    return hex_value(c) >= 0;
}

}  // namespace portal::ascii
