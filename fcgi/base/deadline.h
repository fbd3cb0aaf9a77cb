#pragma once

#include <algorithm>
#include <chrono>

namespace portal {

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

}  // namespace portal
