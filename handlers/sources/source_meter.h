#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "fcgi/base/duration_histogram.h"
#include "fcgi/base/result.h"
#include "fcgi/base/units.h"

namespace portal {

/// What the workers saw of one source so far.
struct SourceCounts {
    std::uint64_t answered = 0;
    std::array<std::uint64_t, kFaults.size()> failed{};  ///< by Fault, in its order
    std::uint64_t left_alone = 0;                        ///< not called, because it hung
    DurationHistogram::Counts durations;                 ///< of all calls
    std::optional<Instant> last_answer;
    std::optional<Instant> last_failure;
    Fault last_fault = Fault::Unreachable;  ///< counts only with last_failure

    /// The last call was answered.
    [[nodiscard]] bool answers() const {
        return last_answer && (!last_failure || *last_answer >= *last_failure);
    }
};

/// Counts the calls to one source and how they ended; lives in shared memory.
class SourceMeter {
 public:
    /// A call was made; an empty fault: it was answered.
    void asked(std::optional<Fault> fault, DurationHistogram::Microseconds took, Instant now) {
        durations_.record(took);
        if (!fault) {
            answered_.fetch_add(1, std::memory_order_relaxed);
            last_answer_.store(unix_seconds(now), std::memory_order_relaxed);
            return;
        }
        failed_.at(static_cast<std::size_t>(*fault)).fetch_add(1, std::memory_order_relaxed);
        if (*fault == Fault::TooLong) {
            // It said so itself.
            last_answer_.store(unix_seconds(now), std::memory_order_relaxed);
            return;
        }
        last_fault_.store(*fault, std::memory_order_relaxed);
        last_failure_.store(unix_seconds(now), std::memory_order_relaxed);
    }

    void left_alone() { left_alone_.fetch_add(1, std::memory_order_relaxed); }

    [[nodiscard]] SourceCounts counts() const {
        SourceCounts counts;
        counts.answered = answered_.load(std::memory_order_relaxed);
        for (std::size_t i = 0; i < failed_.size(); ++i) {
            counts.failed[i] = failed_[i].load(std::memory_order_relaxed);
        }
        counts.left_alone = left_alone_.load(std::memory_order_relaxed);
        counts.durations = durations_.counts();
        counts.last_answer = when(last_answer_);
        counts.last_failure = when(last_failure_);
        counts.last_fault = last_fault_.load(std::memory_order_relaxed);
        return counts;
    }

 private:
    static std::optional<Instant> when(const std::atomic<std::int64_t>& seconds) {
        const std::int64_t value = seconds.load(std::memory_order_relaxed);
        return value == 0 ? std::nullopt : std::optional(from_unix(value));
    }

    std::atomic<std::uint64_t> answered_{0};
    std::array<std::atomic<std::uint64_t>, kFaults.size()> failed_{};
    std::atomic<std::uint64_t> left_alone_{0};
    std::atomic<std::int64_t> last_answer_{0};  ///< Unix seconds, 0: never
    std::atomic<std::int64_t> last_failure_{0};
    std::atomic<Fault> last_fault_{Fault::Unreachable};
    DurationHistogram durations_;
};

}  // namespace portal
