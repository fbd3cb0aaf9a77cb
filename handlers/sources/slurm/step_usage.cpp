#include "handlers/sources/slurm/step_usage.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "handlers/sources/slurm/tres.h"

namespace portal::slurm {
namespace {

constexpr std::uint64_t kMostSeconds = 1ULL << 40U;
constexpr std::uint64_t kMicro = 1'000'000;
constexpr std::uint64_t kMicroPerMilli = 1000;
/// Larger than any machine; Slurm's "unknown" numbers lie above.
constexpr std::uint64_t kMostBytes = 1ULL << 60U;
/// Steps that lack a number do not matter if they were shorter than this together.
constexpr std::uint64_t kShort = 60;
constexpr std::uint64_t kSmallPart = 10;

/// Zero if the text does not have it.
std::uint64_t count_in(const std::string& tres, std::uint32_t id, std::uint64_t most) {
    const auto counts = parse_tres(tres).value_or(TresCounts{});
    const auto found = counts.find(id);
    return found == counts.end() || found->second > most ? 0 : found->second;
}

std::uint64_t believed(std::uint64_t count, std::uint64_t most) {
    return count < most ? count : 0;
}

/// Microseconds of CPU time. Releases of Slurm that leave user and system time at zero have the
/// sampled time; zero: neither.
std::uint64_t cpu_of(const StepRow& step) {
    const std::uint64_t counted = kMicro * (believed(step.user_seconds, kMostSeconds) +
                                            believed(step.system_seconds, kMostSeconds)) +
                                  believed(step.user_microseconds, kMostSeconds) +
                                  believed(step.system_microseconds, kMostSeconds);
    if (counted >= kMicro) return counted;
    const std::uint64_t sampled =
        kMicroPerMilli * count_in(step.usage_of_all_tasks, kTresCpu, kMostSeconds);
    return std::max(counted, sampled);
}

/// The peak of all tasks together; a release that leaves it out still has that of one task.
std::uint64_t peak_of(const StepRow& step) {
    return std::max(count_in(step.usage_of_all_tasks, kTresMemory, kMostBytes),
                    count_in(step.usage_of_one_task, kTresMemory, kMostBytes));
}

/// End of a step; one that is not known lies after all others.
std::uint64_t end_of(const StepRow& step) {
    if (step.end == 0) return std::numeric_limits<std::uint64_t>::max();
    return std::max(step.end, step.start + 1);
}

/// The largest sum of the peaks of steps that ran at the same time.
std::uint64_t largest_sum(const std::vector<const StepRow*>& steps) {
    std::vector<std::pair<std::uint64_t, std::int64_t>> changes;
    for (const StepRow* step : steps) {
        const auto peak = static_cast<std::int64_t>(peak_of(*step));
        changes.emplace_back(step->start, peak);
        changes.emplace_back(end_of(*step), -peak);
    }
    // Of one moment the ends come first.
    std::sort(changes.begin(), changes.end());
    std::int64_t sum = 0;
    std::int64_t most = 0;
    for (const auto& [moment, change] : changes) {
        sum += change;
        most = std::max(most, sum);
    }
    return static_cast<std::uint64_t>(most);
}

/// Whether the steps of an attempt tell a quantity: one of the job's own has it, and those that
/// lack it were short. Nobody knows how long one was that Slurm lost the end of.
bool is_known(const std::vector<const StepRow*>& steps, std::uint64_t (*quantity)(const StepRow&)) {
    bool any = false;
    std::uint64_t lost = 0;
    for (const StepRow* step : steps) {
        if (step->outside) continue;
        if (quantity(*step) > 0) {
            any = true;
        } else if (step->start > 0 && step->end == 0) {
            return false;
        } else if (step->end > step->start) {
            lost += step->end - step->start;
        }
    }
    return any && lost < kShort;
}

std::optional<Seconds> cpu_time_of(const std::vector<const StepRow*>& steps) {
    if (!is_known(steps, &cpu_of)) return std::nullopt;
    std::uint64_t sum = 0;
    for (const StepRow* step : steps) sum += cpu_of(*step);
    if (sum < kMicro) return std::nullopt;
    return Seconds{static_cast<std::int64_t>(sum / kMicro)};
}

StepUsage usage_of(const std::vector<const StepRow*>& steps) {
    StepUsage usage{cpu_time_of(steps), {}};
    if (!is_known(steps, &peak_of)) return usage;
    std::uint64_t peak = 0;
    for (const StepRow* step : steps) peak = std::max(peak, peak_of(*step));
    usage.peak_memory = Bytes{peak};
    // The shell that starts the steps is always beside them, and small.
    const std::uint64_t most = largest_sum(steps);
    if (most > peak + peak / kSmallPart) usage.peak_at_most = Bytes{most};
    return usage;
}

}  // namespace

std::map<std::uint64_t, StepUsage> add_steps(const std::vector<StepRow>& steps) {
    std::map<std::uint64_t, std::vector<const StepRow*>> by_attempt;
    for (const StepRow& step : steps) by_attempt[step.db_index].push_back(&step);
    std::map<std::uint64_t, StepUsage> usages;
    for (const auto& [attempt, own] : by_attempt) {
        const StepUsage usage = usage_of(own);
        if (usage.cpu_time || usage.peak_memory) usages[attempt] = usage;
    }
    return usages;
}

}  // namespace portal::slurm
