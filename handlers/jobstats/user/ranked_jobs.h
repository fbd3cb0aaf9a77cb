#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "handlers/context.h"
#include "handlers/jobstats/user/user_filter.h"
#include "handlers/sources/own/summaries/summary_db.h"
#include "handlers/sources/slurm/job.h"
#include "views/parts/jobs/job_table.h"

namespace portal::jobstats {

/// A page of a person's jobs in the order of a number, from what the portal keeps of those that are
/// over. Slurm is not asked: its rows may be gone.
struct RankedJobs {
    std::vector<database::Summary> jobs;
    std::optional<std::uint32_t> next;  ///< rows before the next page; empty: this is the last
};

/// What a query asks of the summaries: jobs that ended between its dates, or else in the last 90
/// days.
[[nodiscard]] database::Ranking ranking_of(const slurm::Owner& owner, const UserQuery& query,
                                           Instant now);

/// At most `ranking.limit` from `ranking.skip` on; with `wasteful` only those with that verdict,
/// perhaps none where many others come before. Errors: any Fault of the portal's own database.
[[nodiscard]] Result<RankedJobs> read_ranked_jobs(database::Ranking ranking, bool wasteful,
                                                  Context& context);

/// The job of a summary as a row of the list; its verdict says the number it is ranked by.
[[nodiscard]] views::JobRow ranked_row(const database::Summary& summary, database::Rank rank,
                                       const std::string& owner, Context& context);

}  // namespace portal::jobstats
