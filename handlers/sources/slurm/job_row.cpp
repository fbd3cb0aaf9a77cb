#include "handlers/sources/slurm/job_row.h"

#include <algorithm>

#include "handlers/sources/slurm/hostlist.h"
#include "handlers/sources/slurm/job_columns.h"

namespace portal::slurm {
namespace {

constexpr std::uint32_t kNoValue = 4294967294U;
constexpr std::uint32_t kInfinite = 4294967295U;
constexpr std::uint64_t kPerCpu = 1ULL << 63U;
/// A time_suspended above this is a date, not a number of seconds.
constexpr std::uint64_t kFirstDate = 1'000'000'000;

/// A count that can be one; zero is none.
std::uint32_t small(std::uint64_t value) {
    return value < kMostThings ? static_cast<std::uint32_t>(value) : 0;
}

std::uint64_t count_of(const TresCounts& counts, std::uint32_t id) {
    const auto found = counts.find(id);
    return found == counts.end() ? 0 : found->second;
}

Instant instant(std::uint64_t seconds) {
    return from_unix(static_cast<std::int64_t>(std::min<std::uint64_t>(seconds, kInfinite)));
}

std::optional<Instant> instant_unless(std::uint64_t seconds, bool none) {
    return seconds == 0 || none ? std::nullopt : std::optional(instant(seconds));
}

Bytes mebibytes(std::uint64_t count) {
    return count < kMostMebi ? Bytes::from_mebi(count) : Bytes{};
}

Resources resources(const std::string& tres, const std::vector<GpuTres>& gpus) {
    const TresCounts counts = parse_tres(tres).value_or(TresCounts{});
    return {.cores = small(count_of(counts, kTresCpu)),
            .memory = mebibytes(count_of(counts, kTresMemory)),
            .nodes = small(count_of(counts, kTresNode)),
            .gpus = count_gpus(counts, gpus)};
}

/// mem_req is per node, or per core if its highest bit is set.
Bytes memory_request(const JobRow& row, const Resources& requested) {
    const bool per_cpu = (row.memory_requested & kPerCpu) != 0;
    const std::uint64_t each = row.memory_requested & ~kPerCpu;
    if (each >= kMostMebi) return {};
    const std::uint64_t times = per_cpu ? requested.cores : std::max(requested.nodes, 1U);
    return each == 0 || times < kMostMebi / each ? mebibytes(each * times) : Bytes{};
}

Resources requested_of(const JobRow& row, const std::vector<GpuTres>& gpus) {
    Resources requested = resources(row.tres_requested, gpus);
    if (requested.cores == 0) requested.cores = small(row.cpus_requested);
    if (requested.memory.count == 0) requested.memory = memory_request(row, requested);
    return requested;
}

/// While a job is suspended the column holds the moment of suspension minus the seconds before;
/// otherwise the seconds.
Seconds suspended_of(const JobRow& row, Instant now) {
    std::int64_t seconds = 0;
    if (row.suspended >= kNoValue) {
        seconds = 0;
    } else if (row.suspended >= kFirstDate) {
        const std::int64_t end = row.end > 0 ? unix_seconds(instant(row.end)) : unix_seconds(now);
        seconds = end - unix_seconds(instant(row.suspended));
    } else {
        seconds = static_cast<std::int64_t>(row.suspended);
    }
    return Seconds{std::max<std::int64_t>(seconds, 0)};
}

std::optional<Seconds> time_limit_of(const JobRow& row) {
    const std::uint32_t minutes = row.time_limit_minutes;
    if (minutes == 0 || minutes == kInfinite || minutes == kNoValue) return std::nullopt;
    return std::chrono::minutes{minutes};
}

void fill_nodes(Job& job, const JobRow& row) {
    auto nodes = expand_hostlist(row.node_list);
    job.nodes_unreadable = !nodes.has_value();
    if (nodes) job.nodes = std::move(*nodes);
}

void fill_times(Job& job, const JobRow& row, Instant now) {
    // A job cancelled while it waited may have been given the moment of its end as its start.
    const bool never_started =
        job.nodes.empty() && !job.nodes_unreadable && row.tres_allocated.empty();
    const bool waits = job.state == JobState::Pending;
    job.time_limit = time_limit_of(row);
    job.unlimited = row.time_limit_minutes == kInfinite;
    job.eligible = instant_unless(row.eligible, row.eligible >= kNoValue);
    job.started = instant_unless(row.start, never_started || waits || row.start >= kNoValue);
    job.ended = instant_unless(row.end, row.end >= kNoValue);
    const bool no_submission = row.submit == 0 || row.submit >= kNoValue;
    job.submitted = no_submission ? job.eligible.value_or(job.started.value_or(Instant{}))
                                  : instant(row.submit);
    job.suspended = suspended_of(row, now);
}

/// A state that no job reaches without having run.
bool has_run(JobState state) {
    return state == JobState::Completed || state == JobState::Timeout ||
           state == JobState::OutOfMemory;
}

/// Running for so long that Slurm must have missed its end.
bool past_any_limit(const Job& job, Instant now, Seconds lost_after) {
    const Seconds ran = now - *job.started - job.suspended;
    if (!job.time_limit) return ran > kLongestUnlimited;
    return ran > *job.time_limit + std::max(*job.time_limit, lost_after);
}

RowFault fault_of(const Job& job, Instant now, Seconds lost_after) {
    const bool known = job.state != JobState::Unknown;
    if (known && goes_on(job.state) && job.ended) return RowFault::EndedYetGoingOn;
    if (!job.started) {
        return has_run(job.state) && !job.skeleton ? RowFault::StartLost : RowFault::None;
    }
    if (!job.ended) {
        const bool lost = known && !goes_on(job.state) && !job.skeleton;
        if (lost || past_any_limit(job, now, lost_after)) return RowFault::EndLost;
    } else if (*job.ended < *job.started) {
        return RowFault::EndBeforeStart;
    }
    const Seconds run = job.ended.value_or(std::max(now, *job.started)) - *job.started;
    return job.suspended > run ? RowFault::SuspendedTooLong : RowFault::None;
}

void fill_relations(Job& job, const JobRow& row) {
    if (row.array_job != 0) job.array = JobId{row.array_job};
    if (row.array_job != 0 && row.array_task < kNoValue) job.array_task = row.array_task;
    if (row.array_began) job.array_began = instant(*row.array_began);
    if (row.array_next) job.array_next = instant(*row.array_next);
    if (row.het_job != 0) job.het_job = JobId{row.het_job};
    if (row.het_job != 0 && row.het_offset < kNoValue) job.het_offset = row.het_offset;
}

}  // namespace

JobState job_state(std::uint32_t number) {
    const bool base = number <= static_cast<std::uint32_t>(JobState::OutOfMemory);
    const bool beyond = number == static_cast<std::uint32_t>(JobState::Requeued) ||
                        number == static_cast<std::uint32_t>(JobState::Resized) ||
                        number == static_cast<std::uint32_t>(JobState::Revoked);
    return base || beyond ? static_cast<JobState>(number) : JobState::Unknown;
}

GpuCount count_gpus(const TresCounts& counts, const std::vector<GpuTres>& gpus) {
    std::uint64_t all = 0;
    std::uint64_t typed = 0;
    std::uint64_t most = 0;
    GpuCount result;
    for (const GpuTres& gpu : gpus) {
        const std::uint64_t count = std::min<std::uint64_t>(count_of(counts, gpu.id), kInfinite);
        if (gpu.model.empty()) {
            all = count;
            continue;
        }
        typed += count;
        if (count > most) {
            most = count;
            result.model = gpu.model;
        }
    }
    result.count = small(all > 0 ? all : typed);
    return result;
}

Job make_job(const JobRow& row, const std::vector<GpuTres>& gpus, Instant now, Settings::Text text,
             Seconds lost_after) {
    Job job = row.job;
    clean_texts(job, text);
    job.position = {static_cast<std::int64_t>(row.start), static_cast<std::int64_t>(row.end),
                    job.db_index};
    job.id = JobId{row.id_job};
    job.owner = Uid{row.id_user};
    job.state = job_state(job.state_number);
    fill_nodes(job, row);
    fill_times(job, row, now);
    fill_relations(job, row);
    job.requested = requested_of(row, gpus);
    job.allocated = resources(row.tres_allocated, gpus);
    if (job.started && job.allocated.nodes == 0) job.allocated.nodes = small(row.nodes_allocated);
    job.exit_code = {(row.exit_code >> 8U) & 0xFFU, row.exit_code & 0x7FU};
    job.skeleton = row.account_is_null && job.partition.empty();
    job.array_pending = small(job.array_pending);
    if (row.killed_by && *row.killed_by < kNoValue) {
        job.cancelled_by = Uid{static_cast<std::uint32_t>(*row.killed_by)};
    }
    job.superseded = row.superseded != 0;
    job.fault = fault_of(job, now, lost_after);
    // What it says is no longer true: it would be counted, and shown, as running.
    if (job.fault == RowFault::EndLost && goes_on(job.state)) job.state = JobState::EndLost;
    return job;
}

}  // namespace portal::slurm
