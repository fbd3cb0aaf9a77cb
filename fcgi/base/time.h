#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>
#include <string>

#include "fcgi/base/units.h"

namespace portal {

/// Time of day and a steady time, injected so that tests fix both.
class Clock {
 public:
    virtual ~Clock() = default;

    /// Now, UTC, whole seconds.
    [[nodiscard]] virtual Instant now() const = 0;
    /// A time that only grows; for deadlines and durations.
    [[nodiscard]] virtual std::chrono::steady_clock::time_point steady() const = 0;
};

/// The clock of the machine.
class SystemClock final : public Clock {
 public:
    [[nodiscard]] Instant now() const override {
        return std::chrono::floor<Seconds>(std::chrono::system_clock::now());
    }
    [[nodiscard]] std::chrono::steady_clock::time_point steady() const override {
        return std::chrono::steady_clock::now();
    }
};

/// The moment by which a request must be answered. Copied by value; every source call gets the
/// smaller of its own limit and what is left here.
class Deadline {
 public:
    using SteadyTime = std::chrono::steady_clock::time_point;
    using Milliseconds = std::chrono::milliseconds;

    explicit Deadline(SteadyTime end) : end_(end) {}

    [[nodiscard]] static Deadline in(Milliseconds time) {
        return Deadline(std::chrono::steady_clock::now() + time);
    }

    /// What is left; never negative.
    [[nodiscard]] Milliseconds left() const {
        const auto rest =
            std::chrono::duration_cast<Milliseconds>(end_ - std::chrono::steady_clock::now());
        return std::max(rest, Milliseconds{0});
    }
    [[nodiscard]] bool passed() const { return left().count() == 0; }

    /// The earlier of this deadline and `limit` from now.
    [[nodiscard]] Deadline capped(Milliseconds limit) const {
        return Deadline(std::min(end_, std::chrono::steady_clock::now() + limit));
    }
    [[nodiscard]] SteadyTime end() const { return end_; }

 private:
    SteadyTime end_;
};

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
