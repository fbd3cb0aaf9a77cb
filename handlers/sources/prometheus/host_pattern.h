#pragma once

#include <span>
#include <string>

namespace portal::promql {

/// Alternatives of a regular expression for hosts: each with or without its domain, one without may
/// have any. Empty if there is no host.
[[nodiscard]] std::string host_pattern(std::span<const std::string> hosts);

}  // namespace portal::promql
