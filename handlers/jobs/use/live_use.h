#pragma once

// handlers/jobs/use is where the numbers of a list's rows come from: what jobs use right now, what
// Slurm's steps say of those that are over, and what the portal keeps of them. May include what
// handlers/jobs may.

#include <map>
#include <optional>
#include <span>
#include <string>

#include "handlers/context.h"
#include "handlers/sources/prometheus/exporters.h"
#include "handlers/sources/slurm/job.h"
#include "views/parts/jobs/job_table.h"

namespace portal {

/// What one running job does right now; empty: not measured.
struct LiveUse {
    std::optional<double> cores;
    std::optional<double> memory;      ///< bytes, page cache included
    std::optional<double> gpu_cycles;  ///< GPUs in use: sum of the shares
    std::optional<double> gpus;        ///< GPUs that were measured
    double nodes = 0;                  ///< nodes that were

    /// GPUs that Slurm allocated; those measured where it counts none.
    [[nodiscard]] double gpus_had(const slurm::Job& job) const;
    /// The use of all that Slurm allocated, as the job page has it: nodes and cards that are silent
    /// count like the others, and those that are more than the job has are taken for others' or for
    /// the same under two names. Both threads of a core are one core.
    [[nodiscard]] LiveUse whole(const slurm::Job& job, const Site& site) const;
    /// Some of its nodes are silent: what it does is not judged.
    [[nodiscard]] bool partly(const slurm::Job& job) const;
};

/// By job number.
using LiveUses = std::map<std::string, LiveUse, std::less<>>;

/// Series of a person, under each of their logins; `owner` where no others are known.
[[nodiscard]] promql::Selector of_logins(const metric::Metric& metric, const Username& owner,
                                         std::span<const std::string> logins);

/// Asks for all of a user's running jobs in one query.
[[nodiscard]] prometheus::Ticket ask_live_use(const Username& owner, Context& context);

/// Asks for some jobs in one query; `jobs` are numbers, at most kMostJobsAtOnce.
[[nodiscard]] prometheus::Ticket ask_live_use(std::span<const std::string> jobs, Context& context);
/// Prometheus looks up to 256 alternatives of a matcher up in its index; it compares longer lists
/// with every value of the label.
inline constexpr std::size_t kMostJobsAtOnce = 200;

/// When jobs began, by number: an earlier attempt, or another job, may have had it.
using Beginnings = std::map<std::string, Instant, std::less<>>;
/// Of those that run; empty without Slurm.
[[nodiscard]] Beginnings beginnings_of(const Result<std::vector<slurm::Job>>& jobs);

/// Jobs on nodes whose kernel knows no peak of memory have the largest sample there, and of a
/// counter that leapt or began anew the rest counts: for these it asks once more, from their
/// beginning on, if that is known. Errors: any Fault of Prometheus.
[[nodiscard]] Result<LiveUses> collect_live_use(prometheus::Ticket ticket, const Beginnings& began,
                                                Context& context);

/// Fills the shares of a running job's row.
void fill_live_shares(views::JobRow& row, const slurm::Job& job, const Result<LiveUses>& uses,
                      const Site& site);

}  // namespace portal
