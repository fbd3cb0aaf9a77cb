#include "fcgi/base/network.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>

#include "fcgi/base/text.h"

namespace portal::network {
namespace {

constexpr unsigned kBitsOfIpv4 = 32;
constexpr unsigned kBitsOfIpv6 = 128;
/// Bits in front of an IPv4 address that is written as IPv6.
constexpr unsigned kMapped = kBitsOfIpv6 - kBitsOfIpv4;

using Address = std::array<unsigned char, 16>;

/// An address, IPv4 as ::ffff:a.b.c.d.
std::optional<Address> read_address(const std::string& text) {
    Address address{};
    if (inet_pton(AF_INET6, text.c_str(), address.data()) == 1) return address;
    address[10] = address[11] = 0xFF;
    if (inet_pton(AF_INET, text.c_str(), &address[12]) == 1) return address;
    return std::nullopt;
}

struct Network {
    Address address{};
    unsigned bits = kBitsOfIpv6;
};

std::optional<Network> read_network(const std::string& text) {
    const auto slash = text.find('/');
    const auto address = read_address(text.substr(0, slash));
    if (!address) return std::nullopt;
    if (slash == std::string::npos) return Network{*address, kBitsOfIpv6};
    const bool ipv4 = text.find(':') == std::string::npos;
    const auto bits =
        text::parse_unsigned(text.substr(slash + 1), ipv4 ? kBitsOfIpv4 : kBitsOfIpv6);
    if (!bits) return std::nullopt;
    return Network{*address, static_cast<unsigned>(*bits) + (ipv4 ? kMapped : 0)};
}

bool lies_in(const Address& address, const Network& network) {
    unsigned left = network.bits;
    for (std::size_t i = 0; i < address.size() && left > 0; ++i) {
        const unsigned here = std::min(left, 8U);
        const unsigned different = static_cast<unsigned>(address[i] ^ network.address[i]);
        if (different >> (8U - here) != 0) return false;
        left -= here;
    }
    return true;
}

}  // namespace

bool is_list(std::string_view networks) {
    const auto parts = text::split_list(networks, ',');
    return std::all_of(parts.begin(), parts.end(),
                       [](const std::string& part) { return read_network(part).has_value(); });
}

bool holds(std::string_view networks, std::string_view address) {
    const auto parts = text::split_list(networks, ',');
    if (parts.empty()) return true;
    const auto sender = read_address(std::string(address));
    return sender && std::any_of(parts.begin(), parts.end(), [&](const std::string& part) {
               const auto network = read_network(part);
               return network && lies_in(*sender, *network);
           });
}

}  // namespace portal::network
