#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fcgi/http/response.h"
#include "handlers/jobs/job_groups.h"
#include "handlers/jobstats/user/user_filter.h"
#include "handlers/visit.h"

namespace portal::jobstats {

/// A file with more jobs than this is cut, and says so in its last row.
inline constexpr std::uint32_t kMostExported = 100'000;

/// As Slurm's own tools name it.
[[nodiscard]] std::string_view slurm_name(JobState state);

/// What a browser calls a list of jobs.
[[nodiscard]] std::string job_file_name(const std::string& owner, Instant now);

/// A list of jobs as CSV while it is written, in parts of at most 1000 rows: those that wait, those
/// that started, those that never did, each the newest first.
class JobFile {
 public:
    /// At most `most` rows. `live` is what the person's running jobs use, for a filter by verdict.
    /// What `context` names outlives this and its copies.
    JobFile(slurm::Owner owner, const UserQuery& query, Result<LiveUses> live, std::uint32_t most,
            Context& context);

    /// The heads and what the first questions found, one for each part of the list at most. Errors:
    /// any Fault of Slurm's database.
    [[nodiscard]] Result<std::string> begin();

    /// The next rows; empty at the end. The file is on its way, so its last row says that there are
    /// more jobs, how far back a filter looked, or that the database is away.
    [[nodiscard]] std::string go_on();

 private:
    /// What one question finds, perhaps nothing. There is something left to ask.
    Result<std::string> next();
    [[nodiscard]] std::string end();
    [[nodiscard]] std::string rows_of(const std::vector<slurm::Job>& jobs,
                                      const StepUsages& usages);
    [[nodiscard]] bool has_more();

    slurm::Owner owner_;
    slurm::JobFilter filter_;
    bool wasteful_;
    Result<LiveUses> live_;
    std::uint32_t left_;
    Context context_;
    std::size_t part_ = 0;
    std::optional<slurm::JobCursor> cursor_{};
    std::optional<Instant> searched_from_{};  ///< if that is not what the filter says
    bool over_ = false;
};

/// GET /secure/jobstats/{username}/jobs.csv: the jobs of the user's page with the same filters, as
/// CSV in UTC. It is sent part by part, so it costs hardly more memory than a page.
[[nodiscard]] Response job_export(const Visit& visit, Context& context);

}  // namespace portal::jobstats
