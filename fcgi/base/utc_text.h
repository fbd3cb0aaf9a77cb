#pragma once

#include <array>
#include <ctime>
#include <string>

#include "fcgi/base/units.h"

namespace portal {

/// 2026-01-31 12:00, in UTC, for terminals.
[[nodiscard]] inline std::string utc_text(Instant when) {
    const std::time_t seconds = unix_seconds(when);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    std::array<char, 32> text{};
    const auto length = std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M", &parts);
    return {text.data(), length};
}

}  // namespace portal
