#pragma once

// handlers/jobstats/runs is what the portal knows of several runs of one kind of job: those of one
// person, with one account, whose names differ only by digits. Advice rests on them, and a page
// shows them. May include what the module may, and the rooms advice, script and summary.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "handlers/jobstats/advice/next_time.h"
#include "handlers/jobstats/advice/values.h"
#include "handlers/sources/own/summaries/summary_db.h"

namespace portal::jobstats {

/// A run that is over, as its summary has it.
class PastRun {
 public:
    PastRun(const database::Summary& summary, const Context& context);

    [[nodiscard]] const database::Summary& summary() const { return summary_; }
    [[nodiscard]] const JobRun& run() const { return run_; }
    [[nodiscard]] JobFacts facts() const { return {run_, measures_, *site_}; }
    [[nodiscard]] Values values() const { return values_of(facts(), {}); }

 private:
    database::Summary summary_;
    JobRun run_;
    Measures measures_;
    const Site* site_;
};

/// So many are read, and so many whole ones are a ground for advice.
inline constexpr std::uint32_t kRunsRead = 40;
inline constexpr std::size_t kRunsCounted = 20;

/// What the newest whole runs needed, at most kRunsCounted with `self`, which is left out.
[[nodiscard]] std::vector<Need> needs_beside(const slurm::Job& self,
                                             const std::vector<PastRun>& runs);

/// The newest runs of one kind, the newest first. Errors: any Fault of the portal's own database.
[[nodiscard]] Result<std::vector<PastRun>> read_runs(const database::RunsOf& kind,
                                                     Context& context);

/// The kind of job that a job of that owner is.
[[nodiscard]] database::RunsOf kind_of(const slurm::Job& job, const slurm::Owner& owner);
/// The page of a kind of job.
[[nodiscard]] std::string runs_link(const Site& site, const std::string& owner,
                                    const database::RunsOf& kind);

/// The other runs that advice on a job may rest on: none where the site keeps none, or its database
/// is away, which is logged. Nothing is asked for findings that change no request.
[[nodiscard]] Alike runs_like(const slurm::Job& job, const slurm::Owner& owner,
                              const std::string& login, const std::vector<Finding>& findings,
                              Context& context);

}  // namespace portal::jobstats
