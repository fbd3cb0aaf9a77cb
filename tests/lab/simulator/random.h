#pragma once

#include <cstdint>

namespace portal::simulator {

/// A well mixed number made from `value`; the same on every machine.
constexpr std::uint64_t mixed(std::uint64_t value) {
    value += 0x9E3779B97F4A7C15ULL;
    value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    value = (value ^ (value >> 27U)) * 0x94D049BB133111EBULL;
    return value ^ (value >> 31U);
}

/// A well mixed number made from both values, in this order.
constexpr std::uint64_t mixed(std::uint64_t first, std::uint64_t second) {
    return mixed(mixed(first) ^ second);
}

/// `bits` as a number in [0, 1).
constexpr double as_share(std::uint64_t bits) {
    return static_cast<double>(bits >> 11U) * 0x1.0p-53;
}

/// Pseudo-random numbers that do not depend on the standard library (its distributions differ).
class Random {
 public:
    explicit constexpr Random(std::uint64_t seed) : state_(seed) {}

    /// The next 64 random bits.
    constexpr std::uint64_t bits() { return mixed(state_++); }
    /// The next number in [0, 1).
    constexpr double share() { return as_share(bits()); }
    /// The next number in [low, high).
    constexpr double between(double low, double high) { return low + (high - low) * share(); }
    /// The next whole number in [0, limit); limit must not be 0.
    constexpr std::uint64_t below(std::uint64_t limit) { return bits() % limit; }
    /// True with the given probability.
    constexpr bool chance(double probability) { return share() < probability; }

 private:
    std::uint64_t state_;
};

}  // namespace portal::simulator
