#include "handlers/sources/slurm/step_usage.h"

#include <algorithm>
#include <optional>

#include "handlers/sources/slurm/tres.h"

namespace portal::slurm {
namespace {

constexpr std::uint32_t kMemory = 2;
constexpr std::uint64_t kMostSeconds = 1ULL << 50U;
/// Larger than any machine; Slurm's "unknown" numbers lie above.
constexpr std::uint64_t kMostBytes = 1ULL << 60U;

/// CPU time of some steps, whole and in parts.
struct CpuTime {
    std::uint64_t seconds = 0;
    std::uint64_t microseconds = 0;

    void add(std::uint64_t more_seconds, std::uint64_t more_microseconds) {
        if (more_seconds < kMostSeconds) seconds += more_seconds;
        if (more_microseconds < kMostSeconds) microseconds += more_microseconds;
    }
    [[nodiscard]] Seconds total() const {
        return Seconds{static_cast<std::int64_t>(seconds + microseconds / 1'000'000)};
    }
};

std::uint64_t memory_in(const std::string& tres) {
    const auto counts = parse_tres(tres).value_or(TresCounts{});
    const auto found = counts.find(kMemory);
    return found == counts.end() || found->second > kMostBytes ? 0 : found->second;
}

/// The peak of all tasks together; a release that leaves it out still has that of one task.
std::uint64_t peak_of(const StepRow& step) {
    return std::max(memory_in(step.peak_of_all_tasks), memory_in(step.peak_of_one_task));
}

}  // namespace

std::map<std::uint64_t, StepUsage> add_steps(const std::vector<StepRow>& steps) {
    std::map<std::uint64_t, CpuTime> times;
    std::map<std::uint64_t, std::uint64_t> peaks;
    for (const StepRow& step : steps) {
        times[step.db_index].add(step.user_seconds, step.user_microseconds);
        times[step.db_index].add(step.system_seconds, step.system_microseconds);
        peaks[step.db_index] = std::max(peaks[step.db_index], peak_of(step));
    }
    std::map<std::uint64_t, StepUsage> usage;
    for (const auto& [attempt, time] : times) {
        const std::uint64_t peak = peaks[attempt];
        if (time.total().count() == 0 && peak == 0) continue;
        usage[attempt] = {time.total(), peak > 0 ? std::optional(Bytes{peak}) : std::nullopt};
    }
    return usage;
}

}  // namespace portal::slurm
