#include "handlers/jobstats/summary/kept.h"

#include <algorithm>
#include <array>
#include <utility>

#include "handlers/jobs/shares.h"
#include "handlers/jobstats/summary/parts.h"
#include "handlers/page/errors.h"
#include "handlers/sources/own/summaries/summary_db.h"

namespace portal::jobstats {
namespace {

using database::Summary;
using Number = Summary::Number;

// What a summary keeps as it was measured.
constexpr std::pair<Reading Measures::*, Number Summary::*> kReadings[] = {
    {&Measures::cores, &Summary::cores_used},
    {&Measures::memory, &Summary::memory_peak},
    {&Measures::memory_at_most, &Summary::memory_at_most},
    {&Measures::memory_rss, &Summary::memory_rss},
    {&Measures::gpu_cycles, &Summary::gpu_used},
    {&Measures::gpu_memory, &Summary::gpu_memory_peak},
    {&Measures::gpu_memory_total, &Summary::gpu_memory},
    {&Measures::gpu_power, &Summary::gpu_power},
    {&Measures::gpu_watts, &Summary::gpu_watts},
};
constexpr std::pair<std::optional<double> Measures::*, Number Summary::*> kNumbers[] = {
    {&Measures::cores_peak, &Summary::cores_peak},
    {&Measures::threads, &Summary::threads},
    {&Measures::memory_rise, &Summary::memory_rise},
};
constexpr std::pair<bool Measures::*, Summary::Flag> kFlags[] = {
    {&Measures::cores_from_steps, Summary::CoresFromSteps},
    {&Measures::memory_from_steps, Summary::MemoryFromSteps},
    {&Measures::parts_of_cards, Summary::PartsOfCards},
    {&Measures::leapt, Summary::Leapt},
};

std::uint32_t small(const Summary::Number& count) {
    return static_cast<std::uint32_t>(count.value_or(0));
}

slurm::Resources resources(const Summary::Number& cores, const Summary::Number& memory,
                           const Summary::Number& nodes, const Summary::Number& gpus) {
    const auto bytes = static_cast<std::uint64_t>(memory.value_or(0));
    return {small(cores), {bytes}, small(nodes), {small(gpus), {}}};
}

}  // namespace

void keep_measures(const Measures& measures, Summary& summary) {
    for (const auto& [measured, kept] : kReadings) summary.*kept = number(measures.*measured);
    for (const auto& [measured, kept] : kNumbers) summary.*kept = measures.*measured;
    summary.file_operations = measures.files.operations;
    for (const auto& [measured, flag] : kFlags) {
        if (measures.*measured) summary.flags |= flag;
    }
}

slurm::Job job_of(const Summary& summary) {
    slurm::Job job;
    job.db_index = summary.job_db_inx;
    job.id = {summary.id_job};
    job.owner = {summary.id_user};
    job.name = summary.name;
    job.account = summary.account;
    job.partition = summary.partition;
    job.state_number = summary.state;
    job.state = slurm::job_state(summary.state);
    job.submitted = from_unix(summary.time_submit);
    job.ended = from_unix(summary.time_end);
    if (summary.time_start) job.started = from_unix(*summary.time_start);
    if (summary.time_limit_s) {
        job.time_limit = Seconds{static_cast<std::int64_t>(*summary.time_limit_s)};
    }
    if (summary.id_array_job) job.array = JobId{*summary.id_array_job};
    job.array_task = summary.id_array_task;
    job.requested = resources(summary.cores_requested, summary.memory_requested,
                              summary.nodes_requested, summary.gpus_requested);
    if (!job.started) return job;
    job.allocated = resources(summary.cores, summary.memory, summary.nodes, summary.gpus);
    if (!summary.run_s) {
        job.fault = slurm::RowFault::EndLost;
    } else if (*job.ended > row_began(job)) {
        const Seconds ran{static_cast<std::int64_t>(*summary.run_s)};
        job.suspended = std::max(*job.ended - row_began(job) - ran, Seconds{0});
    }
    return job;
}

Measures measures_of(const Summary& summary, JobRun& run) {
    Measures measures;
    measures.kept = true;
    for (const auto& [measured, kept] : kReadings) measures.*measured = reading(summary.*kept);
    for (const auto& [measured, kept] : kNumbers) measures.*measured = summary.*kept;
    measures.files.operations = summary.file_operations;
    for (const auto& [measured, flag] : kFlags) measures.*measured = summary.has(flag);
    measures.gpus = static_cast<std::uint32_t>(summary.gpus_seen.value_or(0));
    if (summary.energy_j) measures.kwh = *summary.energy_j / kJoulesPerKwh;
    measures.energy_covered = summary.energy_covered.value_or(0);
    measures.covered = summary.covered.value_or(1);
    measures.gpu_covered = summary.gpu_covered.value_or(measures.covered);
    measures.odd_samples = summary.odd_samples.value_or(0);
    if (summary.parts) read_parts(*summary.parts, measures);
    run.measured_gpus = measures.gpus;
    run.gpus_unknown = false;
    return measures;
}

std::optional<Measures> kept_measures(JobRun& run, Context& context) {
    if (!run.job.ended || !run.job.run_known()) return std::nullopt;
    const std::array<std::uint64_t, 1> row = {run.job.db_index};
    const auto found = context.portal_db.summaries().find(row);
    if (!found.ok()) {
        log_missing(found.error());
        return std::nullopt;
    }
    if (found.value().empty()) return std::nullopt;
    const Summary& summary = found.value().front();
    if (!is_of(summary, run.job) || summary.has(Summary::Unreadable)) return std::nullopt;
    return measures_of(summary, run);
}

}  // namespace portal::jobstats
