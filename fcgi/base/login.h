#pragma once

#include <optional>
#include <string_view>

#include "fcgi/base/units.h"

namespace portal {

/// A login as the portal accepts it from sign-in, in addresses and from the directory: 1 to 64
/// characters of UTF-8, which are letters and digits of any script and `. _ - @ ' + ~ $`, not
/// beginning with `-` or `.`. Empty optional for anything else.
[[nodiscard]] std::optional<Username> parse_username(std::string_view text);

/// Whether two logins differ in nothing but the case of ASCII letters. The directory compares
/// without case, and for other alphabets it is asked itself.
[[nodiscard]] bool same_login(std::string_view left, std::string_view right);

}  // namespace portal
