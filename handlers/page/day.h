#pragma once

#include <optional>
#include <string_view>

#include "fcgi/base/time.h"

namespace portal {

/// A day (YYYY-MM-DD) as the instant it begins, UTC; empty if it is not a day between 1970 and
/// 2100.
[[nodiscard]] std::optional<Instant> parse_day(std::string_view text);

}  // namespace portal
