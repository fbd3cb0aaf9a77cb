#include "handlers/jobs/job_list.h"

namespace portal {
namespace {

using slurm::Job;
using slurm::ListPart;

/// When a job belongs in the list: at its start, or at its end if it never started.
std::int64_t time_of(const Job& job) {
    return job.position.started > 0 ? job.position.started : job.position.ended;
}

/// One of the two lists while they are merged.
struct Stream {
    slurm::JobSlice slice;
    std::optional<slurm::JobCursor> position;
    std::size_t taken = 0;

    [[nodiscard]] bool empty() const { return taken == slice.jobs.size(); }
    [[nodiscard]] const Job& front() const { return slice.jobs[taken]; }
    [[nodiscard]] bool more() const { return !empty() || slice.next.has_value(); }
    Job take() {
        position = front().position;
        return std::move(slice.jobs[taken++]);
    }
    /// Where its next page begins: a search may have come further than its last job.
    [[nodiscard]] std::optional<slurm::JobCursor> next() const {
        return empty() && slice.next ? slice.next : position;
    }
};

/// How far back both lists are known: what is older in one of them waits for the other's search.
std::optional<Instant> known_back_to(const Stream& a, const Stream& b) {
    return std::max(a.slice.searched_back_to, b.slice.searched_back_to);
}

JobListPage merge(Stream started, Stream never, std::uint32_t limit) {
    JobListPage page;
    page.searched_back_to = known_back_to(started, never);
    const std::int64_t known = page.searched_back_to ? unix_seconds(*page.searched_back_to) : 0;
    while (page.jobs.size() < limit && (!started.empty() || !never.empty())) {
        const bool first = never.empty() ||
                           (!started.empty() && time_of(started.front()) >= time_of(never.front()));
        if (time_of(first ? started.front() : never.front()) < known) break;
        page.jobs.push_back(first ? started.take() : never.take());
    }
    if (page.jobs.size() == limit) page.searched_back_to.reset();
    page.searched_from = started.slice.searched_from;
    page.of_others = started.slice.of_others || never.slice.of_others;
    if (started.more() || never.more()) page.next = ListPosition{started.next(), never.next(), {}};
    return page;
}

}  // namespace

Result<JobListPage> read_job_list(const slurm::Owner& owner, const slurm::JobFilter& filter,
                                  const ListPosition& after, std::uint32_t limit,
                                  Context& context) {
    auto started = context.slurm.list(owner, ListPart::Started, filter, after.started, limit);
    if (!started.ok()) return started.error();
    auto never =
        context.slurm.list(owner, ListPart::NeverStarted, filter, after.never_started, limit);
    if (!never.ok()) return never.error();
    return merge({std::move(started).value(), after.started, 0},
                 {std::move(never).value(), after.never_started, 0}, limit);
}

}  // namespace portal
