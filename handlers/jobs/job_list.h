#pragma once

// handlers/jobs is what several modules know of jobs: lists and groups, the words for a row and
// for waiting, shares and their grades; `use` has the numbers of a row. May include the sources'
// interfaces, handlers/page, handlers/graphs and the structs of views/parts. What one page alone
// shows belongs to its module.

#include <cstdint>
#include <optional>
#include <vector>

#include "handlers/context.h"

namespace portal {

/// How far a page has come in the two lists that are shown as one by time: jobs that started, and
/// jobs that were over before they could; and in the list of those that wait. Empty: from the
/// newest.
struct ListPosition {
    std::optional<slurm::JobCursor> started;
    std::optional<slurm::JobCursor> never_started;
    std::optional<slurm::JobCursor> waiting;
};

/// A page of a user's jobs that do not wait any more.
struct JobListPage {
    std::vector<slurm::Job> jobs;
    std::optional<ListPosition> next;      ///< empty: this is the last page
    std::optional<Instant> searched_from;  ///< a filter looked no further back than this
    std::optional<Instant>
        searched_back_to{};  ///< and no further than this on this page: `next` does
    bool of_others = false;  ///< as JobSlice::of_others
};

/// Jobs that started and jobs that were over before they could, as one list by time (start, or else
/// end), the newest first, after `after`. Errors: any Fault of Slurm's database.
[[nodiscard]] Result<JobListPage> read_job_list(const slurm::Owner& owner,
                                                const slurm::JobFilter& filter,
                                                const ListPosition& after, std::uint32_t limit,
                                                Context& context);

}  // namespace portal
