#include "handlers/top/large_jobs.h"

#include <algorithm>
#include <map>

#include "handlers/page/errors.h"

namespace portal::top {
namespace {

/// More than any site's nodes of this kind hold. All of them are measured, since the table can be
/// sorted by what they use: at kMostJobsAtOnce in a query, that is five queries at a time.
constexpr std::uint32_t kMostJobs = 999;

std::vector<prometheus::Ticket> ask_uses(const std::vector<LargeJob>& jobs, Context& context) {
    std::vector<std::string> numbers;
    for (const LargeJob& large : jobs) numbers.push_back(std::to_string(large.job.id.value));
    std::vector<prometheus::Ticket> tickets;
    std::span<const std::string> left = numbers;
    while (!left.empty()) {
        const auto some = left.first(std::min(left.size(), kMostJobsAtOnce));
        tickets.push_back(ask_live_use(some, context));
        left = left.subspan(some.size());
    }
    return tickets;
}

void collect_uses(LargeJobs& large, const std::vector<prometheus::Ticket>& tickets,
                  Context& context) {
    LiveUses all;
    Beginnings began;
    for (const LargeJob& one : large.jobs) began.merge(beginnings_of(std::vector{one.job}));
    for (const prometheus::Ticket ticket : tickets) {
        auto uses = collect_live_use(ticket, began, context);
        if (uses.ok()) {
            all.merge(std::move(uses).value());
        } else {
            large.metrics_away = uses.error();
        }
    }
    for (LargeJob& one : large.jobs) {
        const auto found = all.find(std::to_string(one.job.id.value));
        if (found == all.end()) continue;
        one.use = found->second.whole(one.job, context.site);
        one.partly = found->second.partly(one.job);
    }
    if (large.metrics_away) log_missing(*large.metrics_away);
}

/// Names each owner once; the first failure ends it, as the next would only take more time.
void name_owners(LargeJobs& large, Context& context) {
    std::map<Uid, std::string> logins;
    for (LargeJob& one : large.jobs) {
        const auto [place, added] = logins.try_emplace(one.job.owner);
        if (added && !large.directory_away) {
            const auto person = context.directory.by_uid(one.job.owner);
            if (!person.ok()) {
                large.directory_away = person.error();
            } else if (person.value()) {
                place->second = person.value()->login.value;
            }
        }
        one.login = place->second;
    }
    if (large.directory_away) log_missing(*large.directory_away);
}

}  // namespace

Result<LargeJobs> read_large_jobs(Context& context) {
    const TopLimits& limits = context.site.top;
    const Instant now = context.clock.now();
    auto jobs = context.slurm.running_in({.partition = limits.largemem_partition,
                                          .eligible = now - limits.largemem_eligible,
                                          .started = now - limits.largemem_after},
                                         kMostJobs + 1);
    if (!jobs.ok()) return jobs.error();
    LargeJobs large;
    for (slurm::Job& job : std::move(jobs).value()) {
        large.jobs.push_back({std::move(job), {}, {}});
    }
    large.more = large.jobs.size() > kMostJobs;
    if (large.more) large.jobs.pop_back();
    std::vector<prometheus::Ticket> tickets;
    if (context.site.exporters.job.enabled) tickets = ask_uses(large.jobs, context);
    name_owners(large, context);
    collect_uses(large, tickets, context);
    return large;
}

}  // namespace portal::top
