#include "handlers/jobs/live_use.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <vector>

#include "handlers/jobs/shares.h"
#include "handlers/page/errors.h"
#include "handlers/sources/prometheus/exporters.h"
#include "handlers/sources/prometheus/joining.h"

namespace portal {
namespace {

using promql::Expr;
using promql::Selector;

/// Of Prometheus for the newest sample.
constexpr Seconds kLookBack{300};
/// No job runs longer than this on most sites; what is older is not looked for.
constexpr Seconds kLongestJob = std::chrono::days{7};

Expr by_job(const Expr& inner) {
    return promql::sum_by({"slurmjobid"}, inner);
}

/// One query about the jobs that `of` selects.
template <class Of>
prometheus::Ticket ask(Of of, Context& context) {
    const Seconds interval = context.site.exporters.job.interval;
    const Seconds window = 4 * interval;
    // Not the rate, which is too low as long as a job is younger than the window; and over the
    // longest look-back there is, where they are scraped less often than that.
    const Expr slope = of(metric::kCoreUsage).slope(std::max(window, kLookBack));
    const Expr busy = promql::avg_over(of(metric::kGpuUtilization).now(), window, interval);
    const Expr cards = promql::each_card(busy);
    const Expr query = promql::either({
        promql::tagged("cores", by_job(promql::each_node_of_cores(slope))),
        promql::tagged("memory", by_job(promql::each_node(of(metric::kMemoryMax).now()))),
        promql::tagged("usage", by_job(promql::each_node(of(metric::kMemoryUsage).now()))),
        promql::tagged("gpus", by_job(cards)),
        promql::tagged("cards", promql::count_by({"slurmjobid"}, cards)),
    });
    const auto now = prometheus::Grid::at_instant(context.clock.now());
    return context.metrics.ask({query, now});
}

void take(LiveUse& use, std::string_view part, double value) {
    if (part == "cores") use.cores = metric::kCoreUsage.base(value);
    if (part == "memory") use.memory = value;
    if (part == "usage") use.lacks_peak = true;
    if (part == "gpus") use.gpu_cycles = metric::kGpuUtilization.base(value);
    if (part == "cards") use.gpus = value;
}

LiveUses uses_of(const prometheus::SeriesSet& answer) {
    LiveUses uses;
    for (const prometheus::Series& series : answer.series) {
        const double value = series.values.at(0);
        if (std::isnan(value)) continue;
        take(uses[std::string(series.label("slurmjobid"))], series.label("part"), value);
    }
    for (auto& [id, use] : uses) use.lacks_peak = use.lacks_peak && !use.memory;
    return uses;
}

/// The largest sample of memory of jobs without a peak; without an answer their memory is not
/// known.
void add_largest_samples(LiveUses& uses, Context& context) {
    std::vector<std::string> lacking;
    for (const auto& [id, use] : uses) {
        if (use.lacks_peak) lacking.push_back(id);
    }
    std::vector<prometheus::Ticket> tickets;
    const auto now = prometheus::Grid::at_instant(context.clock.now());
    for (std::span<const std::string> left = lacking; !left.empty();) {
        const auto some = left.first(std::min(left.size(), kMostJobsAtOnce));
        const Selector usage = Selector(metric::kMemoryUsage).one_of("slurmjobid", some);
        tickets.push_back(
            context.metrics.ask({by_job(promql::each_node(usage.max_over(kLongestJob))), now}));
        left = left.subspan(some.size());
    }
    for (const prometheus::Ticket ticket : tickets) {
        const auto answer = context.metrics.collect(ticket);
        if (!answer.ok()) {
            log_missing(answer.error());
            continue;
        }
        for (const prometheus::Series& series : answer.value().series) {
            const double value = series.values.at(0);
            const auto found = uses.find(series.label("slurmjobid"));
            if (found != uses.end() && !std::isnan(value)) found->second.memory = value;
        }
    }
}

}  // namespace

prometheus::Ticket ask_live_use(const Username& owner, Context& context) {
    const auto person = context.directory.by_login(owner);
    const bool several = person.ok() && person.value() && person.value()->logins.size() > 1;
    return ask(
        [&](const metric::Metric& metric) {
            return several ? Selector(metric).one_of("user", person.value()->logins)
                           : Selector(metric).eq("user", owner.value);
        },
        context);
}

prometheus::Ticket ask_live_use(std::span<const std::string> jobs, Context& context) {
    return ask(
        [&](const metric::Metric& metric) { return Selector(metric).one_of("slurmjobid", jobs); },
        context);
}

Result<LiveUses> collect_live_use(prometheus::Ticket ticket, Context& context) {
    const auto answer = context.metrics.collect(ticket);
    if (!answer.ok()) return answer.error();
    LiveUses uses = uses_of(answer.value());
    add_largest_samples(uses, context);
    return uses;
}

double LiveUse::gpus_had(const slurm::Job& job) const {
    return job.allocated.gpus.count > 0 ? job.allocated.gpus.count : gpus.value_or(0);
}

std::optional<double> LiveUse::gpus_used(const slurm::Job& job) const {
    if (!gpu_cycles || gpus.value_or(0) <= 0) return gpu_cycles;
    return *gpu_cycles * std::max(gpus_had(job) / *gpus, 1.0);
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
    const double had = use.gpus_had(job);
    if (had > 0) row.gpu_share = judged("gpu", reading(use.gpus_used(job)), had, site);
}

}  // namespace portal
