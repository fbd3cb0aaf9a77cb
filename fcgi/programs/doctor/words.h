#pragma once

#include <string>

#include "fcgi/base/result.h"
#include "fcgi/base/units.h"

namespace portal::doctor {

/// Why a source gave no answer, for a person: "unreachable: Connection refused".
[[nodiscard]] std::string why(const SourceError& error);
/// 2026-01-31 12:00 UTC.
[[nodiscard]] std::string written(Instant when);
/// "3 s", "5 min", "2 h", "4 days".
[[nodiscard]] std::string lasting(Seconds time);

/// Further apart than this, two clocks are said to differ.
inline constexpr Seconds kClockSlack{5};

}  // namespace portal::doctor
