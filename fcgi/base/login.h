#pragma once

#include <optional>
#include <string_view>

#include "fcgi/base/units.h"

namespace portal {

/// A login as the portal accepts it from sign-in, in addresses and from the directory: 1 to 32
/// letters of ASCII, digits, `.`, `_` and `-`, not beginning with `-` or `.`. Empty optional for
/// anything else.
[[nodiscard]] std::optional<Username> parse_username(std::string_view text);

}  // namespace portal
