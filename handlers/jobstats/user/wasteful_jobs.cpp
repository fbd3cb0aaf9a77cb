#include "handlers/jobstats/user/wasteful_jobs.h"

#include <algorithm>
#include <utility>

#include "handlers/jobs/list_verdict.h"

namespace portal::jobstats {
namespace {

constexpr std::uint32_t kRowsAtOnce = 200;
/// A page is full with these; as the last rows are taken together, it may have some more.
constexpr std::size_t kEnough = 50;
constexpr Milliseconds kPatience{1000};

std::optional<Instant> time_of(const slurm::Job& job) {
    return job.started ? job.started : job.ended;
}

}  // namespace

Result<WastefulJobs> read_wasteful_jobs(const slurm::Owner& owner, const slurm::JobFilter& filter,
                                        const ListPosition& after, const Result<LiveUses>& live,
                                        Context& context) {
    const auto until = context.clock.steady() + kPatience;
    WastefulJobs found;
    found.list.next = after;
    while (found.list.next) {
        auto page = read_job_list(owner, filter, *found.list.next, kRowsAtOnce, context);
        if (!page.ok()) return page.error();
        JobListPage list = std::move(page).value();
        auto steps = read_step_usages(list.jobs, context);
        if (!steps.ok()) return steps.error();
        const JobUses uses{live, steps.value(), read_kept_uses(list.jobs, context)};
        std::optional<Instant> reached = list.searched_back_to;
        for (slurm::Job& job : list.jobs) {
            if (!reached || time_of(job) < reached) reached = time_of(job);
            if (!is_wasteful(measured_row(job, uses, {}, context).verdict)) continue;
            const auto usage = steps.value().find(job.db_index);
            if (usage != steps.value().end()) found.steps.insert(*usage);
            found.list.jobs.push_back(std::move(job));
        }
        found.list.next = list.next;
        found.list.searched_from = list.searched_from;
        found.list.of_others = found.list.of_others || list.of_others;
        if (!list.next || found.list.jobs.size() >= kEnough) break;
        if (context.clock.steady() < until && !list.searched_back_to) continue;
        found.list.searched_back_to = reached;
        break;
    }
    return found;
}

}  // namespace portal::jobstats
