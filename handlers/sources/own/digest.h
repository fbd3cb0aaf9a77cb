#pragma once

#include <string>
#include <string_view>

namespace portal::database {

/// SHA-256 of some bytes as 64 hexadecimal digits, lower case.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

/// HMAC-SHA-256 of a text under a key, as 64 hexadecimal digits. Throws std::runtime_error if
/// OpenSSL fails.
[[nodiscard]] std::string hmac_hex(std::string_view key, std::string_view text);

/// True if both texts are the same; takes the same time wherever they differ.
[[nodiscard]] bool same_secret(std::string_view left, std::string_view right);

/// 256 random bits of the operating system as 64 hexadecimal digits. Throws std::runtime_error if
/// there are none.
[[nodiscard]] std::string random_hex();

}  // namespace portal::database
