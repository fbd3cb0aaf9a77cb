#include "handlers/sources/prometheus/host_pattern.h"

#include <algorithm>
#include <string_view>

#include "handlers/sources/prometheus/escaping.h"
#include "handlers/sources/prometheus/promql.h"

namespace portal::promql {
namespace {

/// Where the domain of a host's name begins; the end if it has none. An address has none.
std::size_t domain_of(std::string_view host) {
    const bool address = host.find_first_not_of("0123456789.") == std::string_view::npos;
    const std::size_t dot = address ? host.npos : host.find('.');
    return std::min(dot, host.size());
}

}  // namespace

std::string host_pattern(std::span<const std::string> hosts) {
    std::string text;
    for (const std::string& host : hosts) {
        if (host.empty()) continue;
        if (!text.empty()) text += '|';
        const std::size_t dot = domain_of(host);
        const std::string domain = host.substr(dot);
        text += escape_regex(host.substr(0, dot)) + "(?:";
        text += (domain.empty() ? "[.][^:]*" : escape_regex(domain)) + ")?";
    }
    return text;
}

}  // namespace portal::promql
