#include "handlers/jobstats/summary/kept.h"

#include <array>

#include "handlers/jobs/shares.h"
#include "handlers/jobstats/summary/parts.h"
#include "handlers/page/errors.h"

namespace portal::jobstats {
namespace {

using database::Summary;

template <class Kept>
bool fits(const Kept& kept, const slurm::Job& job) {
    return job.ended && kept.job_db_inx == job.db_index && kept.id_job == job.id.value &&
           kept.time_submit == unix_seconds(job.submitted) &&
           kept.time_end == unix_seconds(*job.ended) && kept.state == job.state_number;
}

}  // namespace

bool is_of(const Summary& summary, const slurm::Job& job) {
    return fits(summary, job);
}

bool is_of(const database::SummaryMark& mark, const slurm::Job& job) {
    return fits(mark, job);
}

Measures measures_of(const Summary& summary, JobRun& run) {
    Measures measures;
    measures.kept = true;
    measures.cores = reading(summary.cores_used);
    measures.cores_peak = summary.cores_peak;
    measures.threads = summary.threads;
    measures.memory = reading(summary.memory_peak);
    measures.memory_at_most = reading(summary.memory_at_most);
    measures.memory_rss = reading(summary.memory_rss);
    measures.memory_rise = summary.memory_rise;
    measures.gpu_cycles = reading(summary.gpu_used);
    measures.gpu_memory = reading(summary.gpu_memory_peak);
    measures.gpu_memory_total = reading(summary.gpu_memory);
    measures.gpu_power = reading(summary.gpu_power);
    measures.gpu_watts = reading(summary.gpu_watts);
    measures.gpus = static_cast<std::uint32_t>(summary.gpus_seen.value_or(0));
    measures.file_operations = summary.file_operations;
    if (summary.energy_j) measures.kwh = *summary.energy_j / kJoulesPerKwh;
    measures.energy_covered = summary.energy_covered.value_or(0);
    measures.covered = summary.covered.value_or(1);
    measures.gpu_covered = summary.gpu_covered.value_or(measures.covered);
    measures.odd_samples = summary.odd_samples.value_or(0);
    measures.cores_from_steps = summary.has(Summary::CoresFromSteps);
    measures.memory_from_steps = summary.has(Summary::MemoryFromSteps);
    measures.parts_of_cards = summary.has(Summary::PartsOfCards);
    measures.leapt = summary.has(Summary::Leapt);
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
