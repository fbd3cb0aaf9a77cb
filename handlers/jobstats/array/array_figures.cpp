#include "handlers/jobstats/array/array_figures.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

#include "handlers/jobs/job_text.h"
#include "handlers/jobs/shares.h"
#include "handlers/jobstats/quantile.h"

namespace portal::jobstats {
namespace {

using slurm::ArrayCount;
using slurm::Job;

constexpr Seconds kLately = 6 * kHour;
/// The pace of a shorter time says little.
constexpr Seconds kLeastTime = 10 * kMinute;
constexpr std::int64_t kMostBars = 48;
constexpr std::size_t kBins = 20;
constexpr std::size_t kFewestValues = 4;
constexpr std::size_t kMostOutliers = 10;
/// A task that differs by less than this part of the median is ordinary, whatever the quartiles.
constexpr double kOrdinary = 0.25;
constexpr double kWhisker = 1.5;  // as in a box plot

/// Over at a time that is known.
bool has_ended(JobState state) {
    return is_over(state) && state != JobState::EndLost;
}

/// Tasks that ended after they had run.
bool ran_to_an_end(const ArrayCount& count) {
    return count.hour && has_ended(count.state) && count.state != JobState::Cancelled;
}

std::uint64_t tasks_where(const ArrayData& data, bool (*fits)(JobState)) {
    std::uint64_t sum = 0;
    for (const ArrayCount& count : data.counts) sum += fits(count.state) ? count.tasks : 0;
    return sum;
}

std::optional<Instant> began(const ArrayData& data) {
    std::optional<Instant> first;
    for (const ArrayCount& count : data.counts) {
        if (count.began) first = std::min(first.value_or(*count.began), *count.began);
    }
    return first;
}

std::optional<double> pace_per_hour(const ArrayData& data, Instant now) {
    const auto start = began(data);
    if (!start) return std::nullopt;
    const Instant since = std::chrono::floor<std::chrono::hours>(now - kLately);
    const Seconds time = now - std::max(since, *start);
    std::uint64_t ended = 0;
    for (const ArrayCount& count : data.counts) {
        if (ran_to_an_end(count) && *count.hour >= since) ended += count.tasks;
    }
    if (ended == 0 || time < kLeastTime) return std::nullopt;
    return static_cast<double>(ended) * kSecondsPerHour / static_cast<double>(time.count());
}

void add_bars(views::ArrayPace& pace, const ArrayData& data) {
    std::optional<TimeRange> range;
    for (const ArrayCount& count : data.counts) {
        if (!ran_to_an_end(count)) continue;
        if (!range) range = TimeRange{*count.hour, *count.hour};
        range =
            TimeRange{std::min(range->from, *count.hour), std::max(range->to, *count.hour + kHour)};
    }
    if (!range || range->length() <= kHour) return;
    const std::int64_t hours = range->length() / kHour;
    pace.bar_length = kHour * ((hours + kMostBars - 1) / kMostBars);
    for (Instant from = range->from; from < range->to; from += pace.bar_length) {
        pace.bars.push_back({from, 0, 0});
    }
    for (const ArrayCount& count : data.counts) {
        if (!ran_to_an_end(count)) continue;
        const auto at = static_cast<std::size_t>((*count.hour - range->from) / pace.bar_length);
        views::EndBar& bar = pace.bars[at];
        (count.state == JobState::Completed ? bar.completed : bar.others) += count.tasks;
    }
}

/// A value of each of some jobs.
using Values = std::vector<std::pair<const Job*, double>>;

/// What is known of how a task that is over used what it had.
struct TaskUse {
    slurm::StepUsage steps{};
    database::SummaryMark kept{};  ///< empty numbers: nothing is kept of it
    unsigned threads_per_core = 1;
};

/// Something that tasks differ in.
struct Measure {
    const char* name;
    views::Unit unit;
    std::optional<double> (*value)(const Job& job, const TaskUse& use);
    std::optional<double> (*requested)(const Job& job);
    bool by_steps = false;
    bool by_gpus = false;          ///< only tasks with GPUs have it
    std::uint32_t from_steps = 0;  ///< flag of a summary whose number is of steps, of another kind
};

std::optional<double> run_time(const Job& job) {
    if (!job.run_known() || !job.ended) return std::nullopt;
    const Seconds ran = *job.ended - row_began(job) - job.suspended;
    return static_cast<double>(std::max(ran, Seconds{0}).count());
}

std::optional<double> cores_used(const Job& job, const TaskUse& use) {
    if (use.kept.cores_used) return use.kept.cores_used;
    const auto ran = run_time(job);
    if (!ran || *ran <= 0 || !use.steps.cpu_time) return std::nullopt;
    const double mean = static_cast<double>(use.steps.cpu_time->count()) / *ran;
    return cores_in_use(mean, size_of(job).cores, use.threads_per_core);
}

std::optional<double> memory_used(const Job& /*job*/, const TaskUse& use) {
    if (use.kept.memory_peak) return use.kept.memory_peak;
    if (!use.steps.peak_memory) return std::nullopt;
    return static_cast<double>(use.steps.peak_memory->count);
}

std::optional<double> gpus_used(const Job& /*job*/, const TaskUse& use) {
    if (!use.kept.gpu_used || !use.kept.gpus) return std::nullopt;
    return *use.kept.gpu_used * *use.kept.gpus;
}

constexpr std::array kMeasures = {
    Measure{views::mark("Run time"), views::Unit::Seconds,
            [](const Job& job, const TaskUse& /*use*/) { return run_time(job); },
            [](const Job& job) {
                if (!job.time_limit) return std::optional<double>();
                return std::optional(static_cast<double>(job.time_limit->count()));
            }},
    Measure{views::mark("Cores used"), views::Unit::Count, &cores_used,
            [](const Job& job) { return std::optional<double>(size_of(job).cores); }, true},
    Measure{views::mark("Memory used"), views::Unit::Bytes, &memory_used,
            [](const Job& job) { return number(memory_had(job)); }, true, false,
            database::Summary::MemoryFromSteps},
    Measure{views::mark("GPUs used"), views::Unit::Count, &gpus_used,
            [](const Job& job) { return std::optional<double>(size_of(job).gpus.count); }, false,
            true}};

const database::SummaryMark* kept_of(const Job& job, const ArrayData& data) {
    const auto kept = data.kept.find(job.db_index);
    return kept != data.kept.end() && is_of(kept->second, job) ? &kept->second : nullptr;
}

TaskUse use_of(const Job& job, const ArrayData& data) {
    TaskUse use{.threads_per_core = data.threads_per_core};
    if (data.steps.ok()) {
        const auto steps = data.steps.value().find(job.db_index);
        if (steps != data.steps.value().end()) use.steps = steps->second;
    }
    if (const auto* kept = kept_of(job, data)) use.kept = *kept;
    return use;
}

/// Whether summaries have that number of all tasks, and of one kind: samples count page cache as
/// memory, steps do not.
bool is_kept(const Measure& measure, const ArrayData& data) {
    std::optional<bool> of_steps;
    for (const Job& job : data.drawn) {
        const auto* const kept = kept_of(job, data);
        if (kept == nullptr) return false;
        const bool this_one = (kept->flags & measure.from_steps) != 0;
        if (of_steps.value_or(this_one) != this_one) return false;
        of_steps = this_one;
    }
    return true;
}

Values values_by(const Measure& measure, const ArrayData& data) {
    const bool mixed = measure.by_steps && !is_kept(measure, data);
    Values values;
    for (const Job& job : data.drawn) {
        TaskUse use = use_of(job, data);
        if (mixed) use.kept = {};
        if (const auto value = measure.value(job, use)) values.emplace_back(&job, *value);
    }
    return values;
}

std::optional<views::Spread::Values> spread_of(const Values& values,
                                               std::optional<double> requested) {
    std::vector<double> numbers;
    for (const auto& [job, value] : values) numbers.push_back(value);
    return values_of(std::move(numbers), requested);
}

/// An outlier, and how far it lies from the median, in medians.
struct Far {
    views::Outlier outlier;
    double distance = 0;
};

}  // namespace

std::vector<views::ArrayState> states_of(const ArrayData& data) {
    std::map<std::pair<JobState, std::uint32_t>, std::uint64_t> tally;
    for (const ArrayCount& count : data.counts) {
        tally[{count.state, count.state_number}] += count.tasks;
    }
    std::vector<views::ArrayState> states;
    for (const auto& [state, tasks] : tally) states.push_back({state.first, state.second, tasks});
    std::stable_sort(states.begin(), states.end(),
                     [](const auto& a, const auto& b) { return a.tasks > b.tasks; });
    return states;
}

views::ArrayPace pace_of(const ArrayData& data, Instant now) {
    views::ArrayPace pace;
    pace.all = data.tasks;
    pace.over = tasks_where(data, &has_ended);
    const std::uint64_t left = tasks_where(data, [](JobState state) {
        return state == JobState::Pending || state == JobState::Running;
    });
    const std::uint64_t running =
        tasks_where(data, [](JobState state) { return state == JobState::Running; });
    add_bars(pace, data);
    if (left == 0) return pace;
    pace.per_hour = pace_per_hour(data, now);
    if (pace.per_hour && running > 0) {
        const double hours = static_cast<double>(left) / *pace.per_hour;
        pace.expected_end = now + Seconds{std::llround(hours * kSecondsPerHour)};
    }
    return pace;
}

views::Retry retry_of(const ArrayData& data, Cancelled cancelled) {
    const auto wanted = [&](JobState state) {
        return ended_badly(state) ||
               (cancelled == Cancelled::Included && state == JobState::Cancelled);
    };
    std::vector<std::uint32_t> tasks;
    for (const slurm::TaskMark& mark : data.marks) {
        if (wanted(mark.state)) tasks.push_back(mark.task);
    }
    std::uint64_t counted = 0;
    for (const ArrayCount& count : data.counts) counted += wanted(count.state) ? count.tasks : 0;
    return {slurm::index_list(tasks), counted, tasks.size() < counted};
}

std::vector<views::TaskIndices> indices_of(const ArrayData& data) {
    std::vector<views::TaskIndices> all;
    for (const views::ArrayState& state : states_of(data)) {
        std::vector<std::uint32_t> tasks;
        for (const slurm::TaskMark& mark : data.marks) {
            const bool same = mark.state == state.state && mark.state_number == state.number;
            if (same) tasks.push_back(mark.task);
        }
        if (!tasks.empty()) all.push_back({state.state, state.number, slurm::index_list(tasks)});
    }
    return all;
}

std::optional<views::Spread::Values> values_of(std::vector<double> values,
                                               std::optional<double> requested) {
    if (values.size() < kFewestValues) return std::nullopt;
    std::sort(values.begin(), values.end());
    const double top = std::max(requested.value_or(0), values.back());
    if (top <= 0) return std::nullopt;
    views::Spread::Values found{.least = values.front(),
                                .first_quartile = quantile_of(values, 0.25),
                                .median = quantile_of(values, 0.5),
                                .third_quartile = quantile_of(values, 0.75),
                                .most = values.back(),
                                .bins = {top, std::vector<std::uint64_t>(kBins)},
                                .of = values.size()};
    for (const double value : values) {
        const auto bin = static_cast<std::size_t>(value / top * static_cast<double>(kBins));
        ++found.bins.tasks[std::min(bin, kBins - 1)];
    }
    return found;
}

std::vector<views::Spread> spreads_of(const ArrayData& data) {
    std::vector<views::Spread> spreads;
    if (data.drawn.empty()) return spreads;
    for (const Measure& measure : kMeasures) {
        views::Spread spread{
            measure.name, measure.unit, measure.requested(data.drawn.front()), {}, false};
        if (spread.requested && *spread.requested <= 0) spread.requested.reset();
        spread.values = spread_of(values_by(measure, data), spread.requested);
        if (measure.by_gpus && !spread.values) continue;
        spread.unavailable = measure.by_steps && !spread.values && !data.steps.ok();
        spreads.push_back(spread);
    }
    return spreads;
}

std::vector<views::Outlier> outliers_of(const ArrayData& data, const Site& site,
                                        const std::string& owner) {
    std::vector<Far> far;
    for (const Measure& measure : kMeasures) {
        const Values values = values_by(measure, data);
        const auto spread = spread_of(values, std::nullopt);
        if (!spread || spread->median <= 0) continue;
        const double reach = std::max(kWhisker * (spread->third_quartile - spread->first_quartile),
                                      kOrdinary * spread->median);
        for (const auto& [job, value] : values) {
            const bool ordinary =
                value >= spread->first_quartile - reach && value <= spread->third_quartile + reach;
            if (ordinary) continue;
            far.push_back({{job_number(*job), job_link(site, owner, *job), measure.name,
                            measure.unit, value, spread->median},
                           std::abs(value - spread->median) / spread->median});
        }
    }
    std::stable_sort(far.begin(), far.end(),
                     [](const Far& a, const Far& b) { return a.distance > b.distance; });
    if (far.size() > kMostOutliers) far.resize(kMostOutliers);
    std::vector<views::Outlier> outliers;
    for (Far& one : far) outliers.push_back(std::move(one.outlier));
    return outliers;
}

}  // namespace portal::jobstats
