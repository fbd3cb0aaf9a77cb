#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace portal {

/// Durations counted by size, for many processes at once; lives in shared memory.
class DurationHistogram {
 public:
    using Microseconds = std::chrono::microseconds;

    /// Upper ends of the buckets; one more, without an end, follows.
    static constexpr std::array<Microseconds, 11> kEnds = {
        Microseconds{2'500},     Microseconds{5'000},     Microseconds{10'000},
        Microseconds{25'000},    Microseconds{50'000},    Microseconds{100'000},
        Microseconds{250'000},   Microseconds{500'000},   Microseconds{1'000'000},
        Microseconds{2'500'000}, Microseconds{5'000'000},
    };

    /// What was counted so far, as Prometheus writes it: each bucket holds the smaller ones too.
    struct Counts {
        std::array<std::uint64_t, kEnds.size() + 1> at_most{};
        double sum_seconds = 0;

        [[nodiscard]] std::uint64_t count() const { return at_most.back(); }
    };

    void record(Microseconds took) {
        std::size_t bucket = 0;
        while (bucket < kEnds.size() && took > kEnds[bucket]) ++bucket;
        buckets_[bucket].fetch_add(1, std::memory_order_relaxed);
        sum_us_.fetch_add(static_cast<std::uint64_t>(took.count()), std::memory_order_relaxed);
    }

    [[nodiscard]] Counts counts() const {
        Counts counts;
        std::uint64_t sum = 0;
        for (std::size_t i = 0; i < buckets_.size(); ++i) {
            sum += buckets_[i].load(std::memory_order_relaxed);
            counts.at_most[i] = sum;
        }
        const std::uint64_t microseconds = sum_us_.load(std::memory_order_relaxed);
        counts.sum_seconds = static_cast<double>(microseconds) / 1e6;
        return counts;
    }

 private:
    std::array<std::atomic<std::uint64_t>, kEnds.size() + 1> buckets_{};
    std::atomic<std::uint64_t> sum_us_{0};
};

}  // namespace portal
