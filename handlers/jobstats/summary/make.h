#pragma once

#include <optional>
#include <string>

#include "handlers/context.h"
#include "handlers/sources/own/summaries/summary.h"
#include "handlers/sources/own/summaries/summary_db.h"
#include "handlers/sources/slurm/job.h"

namespace portal::jobstats {

/// The summary of a row that is over, asked as its page asks. Errors: any Fault of Slurm's
/// database, Prometheus, the directory or the portal's own database; nothing is known then that
/// would be worth keeping.
[[nodiscard]] Result<database::Summary> make_summary(const slurm::Job& job, Context& context);

/// The same from what is kept, asking only Slurm's database and the portal's own for the script:
/// grades, rules and what was wasted as the site's rules say now.
[[nodiscard]] Result<database::Summary> judge_again(const database::Summary& kept,
                                                    const slurm::Job& job, Context& context);

/// The row of Slurm's job table that a summary is of; empty: Slurm has it no more, or another state
/// of it. Errors: any Fault of Slurm's database.
[[nodiscard]] Result<std::optional<slurm::Job>> row_of(const database::Summary& summary,
                                                       Context& context);

/// Whose summaries are those of a person's jobs.
[[nodiscard]] database::Whose whose(const slurm::Owner& owner);

/// The login of a row's owner as summaries have it; empty: nobody knows. Errors: any Fault of the
/// directory.
[[nodiscard]] Result<std::string> login_of(const slurm::Job& job, Context& context);

}  // namespace portal::jobstats
