#pragma once

#include <chrono>

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

}  // namespace portal
