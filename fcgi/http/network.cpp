#include "fcgi/http/network.h"

#include <Poco/Net/IPAddress.h>

#include <algorithm>
#include <optional>
#include <string>

#include "fcgi/base/text.h"

namespace portal::network {
namespace {

using Poco::Net::IPAddress;

constexpr unsigned kBitsOfIpv4 = 32;
constexpr unsigned kBitsOfIpv6 = 128;
/// Bits in front of an IPv4 address that is written as IPv6.
constexpr unsigned kMapped = kBitsOfIpv6 - kBitsOfIpv4;

/// An address, IPv4 as ::ffff:a.b.c.d. Poco also reads 10.1 for 10.0.0.1 and octal numbers, which
/// people do not mean, and IPv6 with an interface, which no sender's address has.
std::optional<IPAddress> read_address(const std::string& text) {
    IPAddress address;
    if (!IPAddress::tryParse(text, address) || text.find('%') != std::string::npos) return {};
    if (address.family() == IPAddress::IPv6) return address;
    if (address.toString() != text) return {};
    return IPAddress("::ffff:" + text, IPAddress::IPv6);
}

struct Network {
    IPAddress address;
    IPAddress mask;
};

std::optional<Network> read_network(const std::string& text) {
    const auto slash = text.find('/');
    const auto address = read_address(text.substr(0, slash));
    if (!address) return {};
    const bool ipv4 = text.find(':') == std::string::npos;
    const unsigned most = ipv4 ? kBitsOfIpv4 : kBitsOfIpv6;
    const auto bits = slash == std::string::npos
                          ? std::optional<std::uint64_t>(most)
                          : text::parse_unsigned(text.substr(slash + 1), most);
    if (!bits) return {};
    const unsigned length = static_cast<unsigned>(*bits) + (ipv4 ? kMapped : 0);
    return Network{*address, IPAddress(length, IPAddress::IPv6)};
}

}  // namespace

bool is_list(std::string_view networks) {
    const auto parts = text::split_list(networks, ',');
    if (parts.empty()) return networks.empty();
    return std::all_of(parts.begin(), parts.end(),
                       [](const std::string& part) { return read_network(part).has_value(); });
}

bool holds(std::string_view networks, std::string_view address) {
    const auto parts = text::split_list(networks, ',');
    if (networks.empty()) return true;
    const auto sender = read_address(std::string(address));
    return sender && std::any_of(parts.begin(), parts.end(), [&](const std::string& part) {
               const auto network = read_network(part);
               return network && (*sender & network->mask) == (network->address & network->mask);
           });
}

}  // namespace portal::network
