#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fcgi/base/reading.h"
#include "handlers/jobs/shares.h"
#include "handlers/jobstats/files/file_use.h"
#include "handlers/jobstats/pace/pace.h"
#include "handlers/jobstats/run/gpu_use.h"
#include "handlers/jobstats/run/job_run.h"
#include "handlers/jobstats/run/node_use.h"
#include "handlers/jobstats/run/power_questions.h"

namespace portal::jobstats {

/// Below this share of a run, its samples are no ground for advice.
constexpr double kMostCovered = 0.9;

/// What a job did, over its whole run so far. NoData: nothing measured; Unavailable: the source is
/// away.
struct Measures {
    Reading cores;             ///< mean cores in use
    Reading memory;            ///< largest use, page cache included, bytes, summed over nodes
    Reading memory_rss;        ///< largest use without page cache, bytes
    Reading gpu_cycles;        ///< mean share of the time its GPUs computed, 0 to 1
    Reading gpu_memory;        ///< largest use, bytes, summed over its GPUs
    Reading gpu_memory_total;  ///< bytes of its GPUs together
    Reading gpu_power;         ///< mean share of the power between idle and full, 0 to 1
    Reading gpu_watts;         ///< mean power of all its GPUs together
    Reading kwh;               ///< energy of its share of the nodes
    std::vector<std::string> gpu_types;  ///< what the samples call its GPUs
    bool parts_of_cards = false;         ///< some of its GPUs are (MIG): no power is known of those
    double energy_covered = 0;           ///< share of the node-hours the samples cover
    bool cores_from_steps = false;       ///< by Slurm's step table, not by samples
    bool memory_from_steps = false;      ///< the same
    /// The most that `memory` can have been, where steps ran side by side; else no data.
    Reading memory_at_most;
    double covered = 1;      ///< share of the run on its nodes that samples of the job cover
    double gpu_covered = 1;  ///< share of the run and of its GPUs that their samples cover
    std::uint32_t gpus = 0;  ///< number of GPUs that were seen
    double odd_samples = 0;  ///< of memory and GPUs, that cannot be and are left out
    bool leapt = false;      ///< its counters of core time did what they cannot do
    std::optional<double> cores_peak;   ///< largest use over a twelfth of the run
    std::optional<double> threads;      ///< mean of those that ran at once
    std::optional<double> memory_rise;  ///< at the end of a run that memory ended, bytes a second
    Pace pace;                          ///< of a job that runs
    std::vector<JobUse::Node> nodes;    ///< those that were seen
    std::vector<Card> cards;            ///< those that were seen
    FileUse files;
    std::optional<SourceError> missing;
    std::optional<SourceError>
        steps_missing;  ///< Slurm's numbers were needed and could not be read
    bool kept = false;  ///< they come from the job's summary
};

/// A node that does not keep jobs from each other's GPUs (ConstrainDevices=no) shows all of its own
/// for each of them: which are the job's nobody knows.
[[nodiscard]] inline bool sees_others_gpus(const JobRun& run, const Measures& measures) {
    const std::uint32_t had = run.job.allocated.gpus.count;
    return had > 0 && measures.gpus > had;
}

/// Questions under way for a job's measures.
struct MeasureTickets {
    std::optional<NodeTickets> nodes;
    std::optional<prometheus::Ticket> gpus;
    std::optional<PowerTickets> power;
    std::optional<prometheus::Ticket> files;
    std::optional<PaceTickets> pace;
};

/// Asks Prometheus for all that the job page needs; nothing for a run that was not sampled.
[[nodiscard]] MeasureTickets ask_measures(const JobRun& run, Context& context);

/// Asks for the energy alone.
[[nodiscard]] MeasureTickets ask_energy(const JobRun& run, Context& context);

/// Collects the energy, and what was asked of GPUs for it. Sets the number of measured GPUs of a
/// run in which Slurm counts none.
[[nodiscard]] Measures collect_energy(const MeasureTickets& tickets, JobRun& run, Context& context);

/// Collects them, and asks more where an answer shows samples that cannot be. Sets the number of
/// measured GPUs of a run in which Slurm counts none. Where Prometheus has nothing, or saw only a
/// part of a run that is over, cores and memory are taken from Slurm's step table. Means are over
/// the part that was seen.
[[nodiscard]] Measures collect_measures(const MeasureTickets& tickets, JobRun& run,
                                        Context& context);

}  // namespace portal::jobstats
