#pragma once

// handlers/jobstats/run is one attempt of a job as its samples are asked for (this file), and the
// questions about it that several rooms ask: what its nodes, GPUs and power meters say. May include
// what the module may, and no other room of it.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "handlers/jobs/shares.h"
#include "handlers/sources/prometheus/exporters.h"
#include "handlers/sources/slurm/job.h"
#include "handlers/visit.h"

namespace portal::jobstats {

/// What the samples can say of an attempt, known before they are asked.
enum class Coverage {
    Sampled,
    NotStarted,
    Short,          ///< over before three scrapes
    PastRetention,  ///< Prometheus has forgotten it
    NotMeasured,    ///< the site has no job exporter
    TimesUnknown,   ///< Slurm's record of it contradicts itself
};

/// One attempt of a job with the time it ran.
struct JobRun {
    slurm::Job job;
    TimeRange range;  ///< its row's beginning (a start or a resize) to its end, or to now
    bool running = false;
    Coverage coverage = Coverage::NotStarted;

    /// Time it ran and was not suspended; at least a second, so that means can be taken over it.
    [[nodiscard]] Seconds ran() const;
    /// The same, or zero: what its costs are about.
    [[nodiscard]] Seconds computed() const;
    /// The same since the job started, whatever its size was: what the time limit is about.
    [[nodiscard]] Seconds ran_since_start() const;
    [[nodiscard]] bool sampled() const { return coverage == Coverage::Sampled; }
    [[nodiscard]] std::string id_text() const { return std::to_string(job.id.value); }
    std::uint32_t measured_gpus = 0;  ///< its GPUs, where Slurm counts none
    bool gpus_unknown = false;        ///< Slurm counts none, and samples were not asked for any
    unsigned threads_per_core = 1;    ///< of the cores that Slurm counts

    [[nodiscard]] bool has_gpus() const { return gpus() > 0; }
    /// As Slurm counts them, or else as they were measured.
    [[nodiscard]] std::uint32_t gpus() const {
        return job.allocated.gpus.count > 0 ? job.allocated.gpus.count : measured_gpus;
    }
    [[nodiscard]] std::uint32_t cores() const { return size_of(job).cores; }
};

/// An attempt as the samples see it.
[[nodiscard]] JobRun run_of(const slurm::Job& job, const Site& site, Instant now);

/// Series of one metric of the job.
[[nodiscard]] promql::Selector of_job(const metric::Metric& metric, const JobRun& run);

/// Names under which exporters know the job's nodes: each followed by `suffix` and the site's
/// domain.
[[nodiscard]] std::vector<std::string> hosts_of(const JobRun& run, const Site& site,
                                                std::string_view suffix);

/// All attempts of the job in the URL, newest first, and the one that `?attempt=` chooses (the
/// newest without it). Other jobs that had the number are not among them: they are chosen by their
/// own attempts. Throws HttpError 404 if there is no such job of that owner, or no such attempt.
struct Attempts {
    slurm::Owner owner;
    std::vector<slurm::Job> all;
    std::size_t chosen = 0;
    bool named = true;  ///< the directory names the owner
    /// When the owner's next job with that number was submitted; empty: there is none.
    std::optional<Instant> next{};
    [[nodiscard]] const slurm::Job& job() const { return all[chosen]; }
};
[[nodiscard]] Result<Attempts> find_attempts(const Visit& visit, Context& context);
/// The attempts that a row is one of, for whoever comes from the row; empty if it has gone.
[[nodiscard]] Result<std::optional<Attempts>> attempts_with(const slurm::Job& job,
                                                            Context& context);

/// Other tasks of a job's array, at most 100, or all components of its het job; empty for others.
struct Siblings {
    std::vector<slurm::Job> jobs;
    bool cut = false;  ///< there are more
};
[[nodiscard]] Result<Siblings> siblings_of(const Attempts& attempts, Context& context);

}  // namespace portal::jobstats
