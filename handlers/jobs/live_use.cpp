#include "handlers/jobs/live_use.h"

#include <cmath>

#include "handlers/jobs/shares.h"
#include "handlers/sources/prometheus/exporters.h"

namespace portal {
namespace {

using promql::Expr;
using promql::Selector;

/// One query about the jobs that `of` selects.
template <class Of>
prometheus::Ticket ask(Of of, Context& context) {
    const Seconds window = 4 * context.site.exporters.job.interval;
    const auto by_job = [](const Expr& inner) { return promql::sum_by({"slurmjobid"}, inner); };
    const Expr query = promql::either({
        // Not the rate, which is too low as long as a job is younger than the window.
        promql::tagged("cores", by_job(of(metric::kCoreUsage).slope(window))),
        promql::tagged("memory", by_job(of(metric::kMemoryMax).now())),
        promql::tagged("gpus", by_job(of(metric::kGpuUtilization).avg_over(window))),
    });
    const auto now = prometheus::Grid::at_instant(context.clock.now());
    return context.metrics.ask({query, now});
}

}  // namespace

prometheus::Ticket ask_live_use(const Username& owner, Context& context) {
    const auto person = context.directory.by_login(owner);
    const bool several = person.ok() && person.value() && person.value()->logins.size() > 1;
    return ask(
        [&](promql::Literal metric) {
            return several ? Selector(metric).one_of("user", person.value()->logins)
                           : Selector(metric).eq("user", owner.value);
        },
        context);
}

prometheus::Ticket ask_live_use(std::span<const std::string> jobs, Context& context) {
    return ask([&](promql::Literal metric) { return Selector(metric).one_of("slurmjobid", jobs); },
               context);
}

Result<LiveUses> collect_live_use(prometheus::Ticket ticket, Context& context) {
    const auto answer = context.metrics.collect(ticket);
    if (!answer.ok()) return answer.error();
    LiveUses uses;
    for (const prometheus::Series& series : answer.value().series) {
        const double value = series.values.at(0);
        if (std::isnan(value)) continue;
        LiveUse& use = uses[std::string(series.label("slurmjobid"))];
        const auto part = series.label("part");
        if (part == "cores") use.cores = metric::kCoreUsage.base(value);
        if (part == "memory") use.memory = value;
        if (part == "gpus") use.gpu_cycles = metric::kGpuUtilization.base(value);
    }
    return uses;
}

void fill_live_shares(views::JobRow& row, const slurm::Job& job, const Result<LiveUses>& uses,
                      const Site& site) {
    const bool gpus = job.allocated.gpus.count > 0;
    if (!uses.ok()) {
        const Unavailable away{uses.error().source};
        row.cores_share.value = row.memory_share.value = away;
        if (gpus) row.gpu_share.value = away;
        return;
    }
    const auto found = uses.value().find(std::to_string(job.id.value));
    if (found == uses.value().end()) return;
    const LiveUse& use = found->second;
    row.cores_share = cores_share(reading(use.cores), job, site);
    row.memory_share = memory_share(reading(use.memory), job, site);
    if (gpus)
        row.gpu_share = graded(reading(use.gpu_cycles), job.allocated.gpus.count, site, "gpu");
}

}  // namespace portal
