#pragma once

// fcgi/base is what everything else is written with: text, characters, numbers, JSON and URLs,
// units, time, languages, the log, results of sources. It knows no request, no source and no page.
// May include: the standard library and POSIX. May not: any other folder, any other library.
// More than twenty files: each is a small thing by itself, and most are headers alone.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace portal::text {

/// Unsigned decimal number with nothing around it, at most `most`; empty optional otherwise.
[[nodiscard]] std::optional<std::uint64_t> parse_unsigned(std::string_view text,
                                                          std::uint64_t most);
/// Finite decimal number (digits, point, exponent); empty optional otherwise.
[[nodiscard]] std::optional<double> parse_decimal(std::string_view text);

/// Without blanks and tabs at both ends.
[[nodiscard]] std::string_view trim(std::string_view text);
/// Parts between separators, trimmed; empty ones are dropped.
[[nodiscard]] std::vector<std::string> split_list(std::string_view text, char separator);

/// The text as valid UTF-8: each wrong byte becomes U+FFFD; NUL too.
[[nodiscard]] std::string to_utf8(std::string_view bytes);
/// True if the text is well-formed UTF-8 without NUL.
[[nodiscard]] bool is_utf8(std::string_view text);

/// Stands for what is no character.
inline constexpr std::uint32_t kReplacement = 0xFFFD;

/// Adds a character (below 0x110000) as UTF-8.
void append_utf8(std::string& text, std::uint32_t character);

/// Whether a byte of UTF-8 begins a character: as many as a text has characters do.
[[nodiscard]] constexpr bool begins_character(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
}

/// Hexadecimal, lower case.
[[nodiscard]] std::string hex(std::string_view bytes);

/// 64-bit FNV-1a of a text, as 16 hexadecimal digits: for ETags and asset names, not for secrets.
[[nodiscard]] std::string fingerprint(std::string_view text);

}  // namespace portal::text
