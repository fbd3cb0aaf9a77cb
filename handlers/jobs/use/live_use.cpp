#include "handlers/jobs/use/live_use.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <vector>

#include "handlers/graphs/time_grid.h"
#include "handlers/jobs/shares.h"
#include "handlers/page/errors.h"
#include "handlers/sources/prometheus/exporters.h"
#include "handlers/sources/prometheus/joining.h"

namespace portal {
namespace {

using promql::Expr;
using promql::Selector;

/// No job runs longer than this on most sites; of jobs whose beginning is not known no older sample
/// is looked for.
constexpr Seconds kLongestJob = std::chrono::days{7};
constexpr int kMostLooks = 2000;
/// Two sums of the same samples may differ by so much.
constexpr double kTrifle = 1e-6;

Expr by_job(const Expr& inner) {
    return promql::sum_by({"slurmjobid"}, inner);
}

Expr count_by_job(const Expr& inner) {
    return promql::count_by({"slurmjobid"}, inner);
}

/// One query about the jobs that `of` selects.
template <class Of>
prometheus::Ticket ask(Of of, Context& context) {
    const Seconds interval = context.site.exporters.job.interval;
    const Seconds window = 4 * interval;
    // Not the rate, which is too low as long as a job is younger than the window; and over the
    // longest look-back there is, where they are scraped less often than that.
    const Seconds look = std::max(window, prometheus::kLookBack);
    const Selector cores = of(metric::kCoreUsage);
    const Expr slope = promql::each_node_of_cores(cores.slope(look));
    const Expr any_slope = promql::each_node_of_cores(cores.as_sampled().slope(look));
    const Expr peaks = promql::each_node(of(metric::kMemoryMax).now());
    const Expr nodes = promql::each_node(of(metric::kMemoryUsage).as_sampled().now());
    const Expr busy = promql::avg_over(of(metric::kGpuUtilization).now(), window, interval);
    const Expr cards = promql::each_card(busy);
    const Expr query = promql::either({
        promql::tagged("cores", by_job(slope)),
        promql::tagged("any_cores", by_job(any_slope)),
        promql::tagged("memory", by_job(peaks)),
        promql::tagged("peaks", count_by_job(peaks)),
        promql::tagged("nodes", count_by_job(nodes)),
        promql::tagged("gpus", by_job(cards)),
        promql::tagged("cards", count_by_job(cards)),
    });
    const auto now = prometheus::Grid::at_instant(context.clock.now());
    return context.metrics.ask({query, now});
}

/// What the answers say of a job so far.
struct Said {
    LiveUse use;
    std::optional<double> any_cores;  ///< as `use.cores`, with those that cannot be
    double peaks = 0;                 ///< those of them that `use.memory` is the sum of
    double careful_memory = 0;        ///< the same of nodes that were asked for once more
    double careful_peaks = 0;

    /// The counter of a core leapt, began anew or was no number of late: it is not in the sum.
    [[nodiscard]] bool lacks_cores() const {
        if (!any_cores) return false;
        const double sum = use.cores.value_or(0);
        return !(std::abs(metric::kCoreUsage.base(*any_cores) - sum) <= kTrifle * (sum + 1));
    }
    [[nodiscard]] bool lacks_memory() const { return peaks < use.nodes; }
};
using SaidOfJobs = std::map<std::string, Said, std::less<>>;

void take(Said& said, std::string_view part, double value) {
    if (part == "any_cores") said.any_cores = value;
    if (std::isnan(value)) return;
    LiveUse& use = said.use;
    if (part == "cores") use.cores = metric::kCoreUsage.base(value);
    if (part == "memory") use.memory = value;
    if (part == "peaks") said.peaks = value;
    if (part == "nodes") use.nodes = value;
    if (part == "node") {
        said.careful_memory += value;
        said.careful_peaks += 1;
    }
    if (part == "gpus") use.gpu_cycles = metric::kGpuUtilization.base(value);
    if (part == "cards") use.gpus = value;
}

void take_all(SaidOfJobs& said, const prometheus::SeriesSet& answer) {
    for (const prometheus::Series& series : answer.series) {
        take(said[std::string(series.label("slurmjobid"))], series.label("part"),
             series.values.at(0));
    }
}

/// The use of each core over the moments at which its counter tells one.
Expr careful_cores(const Selector& counter, const Site& site) {
    const Seconds interval = site.exporters.job.interval;
    // A rate is below zero where a sample is minus infinity.
    const Expr rate =
        promql::bounded(counter.rate(kScrapesOfRate * interval), metric::kCoreUsage.bounds);
    const Expr each =
        promql::avg_over(rate, std::max(4 * interval, prometheus::kLookBack), interval);
    return promql::tagged("cores", by_job(promql::each_node_of_cores(each)));
}

/// Samples that cannot be cost themselves alone, or the window they are in.
enum class Care { Window, Samples };

/// The peak of each node of some jobs, of late; where its kernel knows none, the largest sample.
Expr memory_in(Seconds run, std::span<const std::string> jobs, Care care, const Site& site) {
    const Selector peak = Selector(metric::kMemoryMax).one_of("slurmjobid", jobs);
    const Selector usage = Selector(metric::kMemoryUsage).one_of("slurmjobid", jobs);
    const Seconds interval = site.exporters.job.interval;
    const Expr lately =
        promql::max_over(peak.now(), std::min(run, prometheus::kLookBack), interval);
    const Expr largest =
        care == Care::Window
            ? usage.max_over(run)
            : promql::max_over(usage.now(), run, std::max(interval, run / kMostLooks));
    return promql::either(promql::each_node(lately), promql::each_node(largest));
}

/// The same of jobs that began at different times.
Expr careful_memory(std::span<const std::string> jobs, const Beginnings& began, Care care,
                    Context& context) {
    const Seconds interval = context.site.exporters.job.interval;
    std::map<Seconds, std::vector<std::string>> by_run;
    for (const std::string& id : jobs) {
        const auto known = began.find(id);
        const Seconds run =
            known == began.end() ? kLongestJob : context.clock.now() - known->second;
        const Seconds most = std::max(context.site.retention, interval);
        by_run[std::clamp(run, interval, most)].push_back(id);
    }
    std::vector<Expr> parts;
    for (const auto& [run, some] : by_run) {
        parts.push_back(memory_in(run, some, care, context.site));
    }
    return promql::tagged("node", promql::either(parts));
}

/// Asks once more about the jobs that lack something; without an answer it stays not known.
template <class Lacks, class Question>
void ask_again(SaidOfJobs& said, Lacks lacks, Question question, Context& context) {
    std::vector<std::string> lacking;
    for (const auto& [id, one] : said) {
        if (lacks(one)) lacking.push_back(id);
    }
    std::vector<prometheus::Ticket> tickets;
    const auto now = prometheus::Grid::at_instant(context.clock.now());
    for (std::span<const std::string> left = lacking; !left.empty();) {
        const auto some = left.first(std::min(left.size(), kMostJobsAtOnce));
        tickets.push_back(context.metrics.ask({question(some), now}));
        left = left.subspan(some.size());
    }
    for (const prometheus::Ticket ticket : tickets) {
        const auto answer = context.metrics.collect(ticket);
        if (answer.ok()) {
            take_all(said, answer.value());
        } else {
            log_missing(answer.error());
        }
    }
}

void ask_for_memory(SaidOfJobs& said, const Beginnings& began, Care care, Context& context) {
    ask_again(
        said, [](const Said& one) { return one.lacks_memory(); },
        [&](std::span<const std::string> jobs) {
            return careful_memory(jobs, began, care, context);
        },
        context);
    for (auto& [id, one] : said) {
        if (one.careful_peaks > one.peaks) {
            one.use.memory = one.careful_memory;
            one.peaks = one.careful_peaks;
        }
        one.careful_memory = one.careful_peaks = 0;
    }
}

void ask_for_cores(SaidOfJobs& said, Context& context) {
    ask_again(
        said, [](const Said& one) { return one.lacks_cores(); },
        [&](std::span<const std::string> jobs) {
            return careful_cores(Selector(metric::kCoreUsage).one_of("slurmjobid", jobs),
                                 context.site);
        },
        context);
}

}  // namespace

Selector of_logins(const metric::Metric& metric, const Username& owner,
                   std::span<const std::string> logins) {
    return logins.size() > 1 ? Selector(metric).one_of("user", logins)
                             : Selector(metric).eq("user", owner.value);
}

prometheus::Ticket ask_live_use(const Username& owner, Context& context) {
    const auto person = context.directory.by_login(owner);
    const bool known = person.ok() && person.value();
    const auto logins = known ? person.value()->logins : std::vector<std::string>{};
    return ask([&](const metric::Metric& metric) { return of_logins(metric, owner, logins); },
               context);
}

prometheus::Ticket ask_live_use(std::span<const std::string> jobs, Context& context) {
    return ask(
        [&](const metric::Metric& metric) { return Selector(metric).one_of("slurmjobid", jobs); },
        context);
}

Beginnings beginnings_of(const Result<std::vector<slurm::Job>>& jobs) {
    Beginnings began;
    if (!jobs.ok()) return began;
    for (const slurm::Job& job : jobs.value()) {
        if (job.runs()) began.emplace(std::to_string(job.id.value), row_began(job));
    }
    return began;
}

Result<LiveUses> collect_live_use(prometheus::Ticket ticket, const Beginnings& began,
                                  Context& context) {
    const auto answer = context.metrics.collect(ticket);
    if (!answer.ok()) return answer.error();
    SaidOfJobs said;
    take_all(said, answer.value());
    ask_for_cores(said, context);
    for (const Care care : {Care::Window, Care::Samples})
        ask_for_memory(said, began, care, context);
    LiveUses uses;
    for (auto& [id, one] : said) uses.emplace(id, one.use);
    return uses;
}

double LiveUse::gpus_had(const slurm::Job& job) const {
    return job.allocated.gpus.count > 0 ? job.allocated.gpus.count : gpus.value_or(0);
}

LiveUse LiveUse::whole(const slurm::Job& job, const Site& site) const {
    LiveUse all = *this;
    const double every = size_of(job).nodes;
    if (nodes > 0 && every > 0) {
        if (all.cores) *all.cores *= every / nodes;
        if (all.memory) *all.memory *= every / nodes;
    }
    if (all.cores) all.cores = cores_in_use(*all.cores, size_of(job).cores, site.threads_per_core);
    if (all.gpu_cycles && gpus.value_or(0) > 0) *all.gpu_cycles *= gpus_had(job) / *gpus;
    return all;
}

bool LiveUse::partly(const slurm::Job& job) const {
    return nodes > 0 && nodes < size_of(job).nodes;
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
    const LiveUse use = found->second.whole(job, site);
    row.cores_share = cores_share(reading(use.cores), job, site);
    row.memory_share = memory_share(reading(use.memory), job, site);
    const double had = use.gpus_had(job);
    if (had > 0) row.gpu_share = judged("gpu", reading(use.gpu_cycles), had, site);
    if (had > 0 && !gpus) {
        // They come with GPUs that Slurm does not count.
        row.gpus = static_cast<std::uint32_t>(had);
        if (row.cores_share.grade != views::Grade::Odd) {
            row.cores_share.grade = views::Grade::Unknown;
        }
    }
    if (gpus && use.gpus.value_or(0) > had && row.gpu_share.grade != views::Grade::Odd) {
        row.gpu_share.grade = views::Grade::Unknown;
    }
    if (!use.partly(job)) return;
    for (views::Share* share : {&row.cores_share, &row.memory_share, &row.gpu_share}) {
        if (share->grade != views::Grade::Odd) share->grade = views::Grade::Unknown;
    }
}

}  // namespace portal
