#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace portal::url {

/// A text as one path segment or query value: everything but letters, digits and -._~
/// percent-encoded.
[[nodiscard]] std::string encode(std::string_view text);
/// %xx and + decoded. Empty optional if an escape is broken, or the result is not UTF-8 or holds
/// NUL.
[[nodiscard]] std::optional<std::string> decode(std::string_view text);
/// The same with any bytes as the result; empty optional if an escape is broken.
[[nodiscard]] std::optional<std::string> decode_bytes(std::string_view text);

/// name=value pairs of a query string in order, decoded. Empty optional if one cannot be decoded or
/// there are more than 64.
[[nodiscard]] std::optional<std::vector<std::pair<std::string, std::string>>> parse_query(
    std::string_view query);

}  // namespace portal::url
