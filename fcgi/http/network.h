#pragma once

#include <string_view>

namespace portal::network {

/// True if the text is a list of networks: addresses or ADDRESS/BITS, IPv4 or IPv6, separated by
/// commas; empty is one.
[[nodiscard]] bool is_list(std::string_view networks);

/// True if an address lies in one of the networks of a list; an empty list holds every address. An
/// IPv4 address written as IPv6 (::ffff:192.0.2.1) is the same as the plain one.
[[nodiscard]] bool holds(std::string_view networks, std::string_view address);

}  // namespace portal::network
