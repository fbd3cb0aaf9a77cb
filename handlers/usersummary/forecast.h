#pragma once

#include <optional>
#include <span>

#include "fcgi/base/units.h"

namespace portal::usersummary {

/// When something that grows reaches its limit if it goes on like this, and the days between which
/// it does so in most cases.
struct Forecast {
    Instant expected;
    Instant early;
    Instant late;
};

/// Of one value a day, oldest first, the last of `now`; NaN where none is known. Empty where a date
/// would be a guess: less than two weeks are known, it does not grow or falls as much as it grows,
/// one day moved more than all others of late, the pace varies too much, it is full already, or it
/// takes longer than half a year.
[[nodiscard]] std::optional<Forecast> forecast(std::span<const double> days, double limit,
                                               Instant now);

}  // namespace portal::usersummary
