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
/// over.
struct RankedJobs {
    std::vector<database::Summary> jobs;
    std::optional<std::uint32_t> next;  ///< rows before the next page; empty: this is the last
};

/// Throws HttpError 400 where there is nothing to sort: the site keeps no summaries, or the person
/// is a number without a login.
void check_ranked(const UserQuery& query, const slurm::Owner& owner, const Site& site);

/// The jobs that wasted most, GPU-hours and core-hours by their worth.
[[nodiscard]] database::Ranking ranking_of_waste(database::WasteOf jobs, const Site& site);

/// What a query asks of the summaries: jobs that ended between its dates, or else in the last 90
/// days.
[[nodiscard]] database::Ranking ranking_of(const slurm::Owner& owner, const UserQuery& query,
                                           const Context& context);

/// Jobs of which too little was measured are in no order of waste or use. At most `ranking.limit`
/// from `ranking.skip` on; with `wasteful` only those with that verdict, perhaps none where many
/// others come before. Errors: any Fault of the portal's own database.
[[nodiscard]] Result<RankedJobs> read_ranked_jobs(database::Ranking ranking, bool wasteful,
                                                  Context& context);

/// The jobs of some summaries (at most 1024) as rows of the list, by their rows in Slurm's table,
/// where these are there still: else they have no page. The verdict says the number that they are
/// ranked by. `login` is that of the page.
[[nodiscard]] std::vector<views::JobRow> ranked_rows(const std::vector<database::Summary>& jobs,
                                                     database::Rank rank, const slurm::Owner& owner,
                                                     const std::string& login, Context& context);

}  // namespace portal::jobstats
