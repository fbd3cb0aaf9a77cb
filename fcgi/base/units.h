#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <string>

namespace portal {

using Instant = std::chrono::sys_seconds;  ///< UTC; the browser shows local time
using Seconds = std::chrono::seconds;
using Milliseconds = std::chrono::milliseconds;

/// Factors between units; what is measured is a double.
inline constexpr double kKibibyte = 1024;
inline constexpr double kMebibyte = 1024 * kKibibyte;
inline constexpr double kGibibyte = 1024 * kMebibyte;
inline constexpr double kTebibyte = 1024 * kGibibyte;
inline constexpr double kSecondsPerMinute = 60;
inline constexpr double kSecondsPerHour = 3600;
inline constexpr double kJoulesPerKwh = 3.6e6;

inline constexpr Seconds kMinute{60};
inline constexpr Seconds kHour{3600};
inline constexpr Seconds kDay{86400};

/// Unix seconds of an instant.
[[nodiscard]] constexpr std::int64_t unix_seconds(Instant instant) {
    return instant.time_since_epoch().count();
}

/// The same as a column without sign has it: 0 before 1970.
[[nodiscard]] constexpr std::uint64_t unsigned_unix_seconds(Instant instant) {
    const std::int64_t seconds = unix_seconds(instant);
    return seconds < 0 ? 0 : static_cast<std::uint64_t>(seconds);
}

/// The instant of some Unix seconds.
[[nodiscard]] constexpr Instant from_unix(std::int64_t seconds) {
    return Instant{Seconds{seconds}};
}

/// A count of bytes; SQL and Prometheus values are converted at the boundary.
struct Bytes {
    std::uint64_t count = 0;

    [[nodiscard]] static constexpr Bytes from_mebi(std::uint64_t mebibytes) {
        return {mebibytes << 20U};
    }
    auto operator<=>(const Bytes&) const = default;
};

/// Slurm's job number, as users know it. Not unique over time: see slurm::Job::db_index.
struct JobId {
    std::uint32_t value = 0;
    auto operator<=>(const JobId&) const = default;
};

/// Numeric user id.
struct Uid {
    std::uint32_t value = 0;
    auto operator<=>(const Uid&) const = default;
};

/// A login without its domain, checked by parse_username() when it came in.
struct Username {
    std::string value;
    auto operator<=>(const Username&) const = default;
};

/// A half-open time range [from, to).
struct TimeRange {
    Instant from{};
    Instant to{};

    [[nodiscard]] Seconds length() const { return to - from; }
    auto operator<=>(const TimeRange&) const = default;
};

}  // namespace portal
