#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "handlers/context.h"
#include "handlers/jobstats/user_filter.h"

namespace portal::jobstats {

/// A page of a user's jobs that do not wait any more.
struct JobListPage {
    std::vector<slurm::Job> jobs;
    std::optional<ListPosition> next;      ///< empty: this is the last page
    std::optional<Instant> searched_from;  ///< a filter looked no further back than this
};

/// Jobs that started and jobs that were over before they could, as one list by time (start, or else
/// end), the newest first, from the query's position on. Errors: any Fault of Slurm's database.
[[nodiscard]] Result<JobListPage> read_job_list(Uid owner, const UserQuery& query,
                                                std::uint32_t limit, Context& context);

}  // namespace portal::jobstats
