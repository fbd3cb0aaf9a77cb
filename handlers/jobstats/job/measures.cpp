#include "handlers/jobstats/job/measures.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string>

#include "handlers/jobs/gpu_model.h"
#include "handlers/jobstats/job/coverage.h"
#include "handlers/page/errors.h"
#include "handlers/sources/prometheus/exporters.h"

namespace portal::jobstats {
namespace {

using promql::Expr;
using promql::Selector;
using Parts = std::map<std::string, double, std::less<>>;

constexpr int kLooks = 200;  // at a run, to see when there were samples

// The exporter writes account="error" while it cannot read a job's environment: a job has several
// series of one thing then. So all questions join them by what they are about before they add up.

/// The largest of each node.
Expr peak_by_node(promql::Literal metric, const JobRun& run) {
    return promql::max_by({"instance"}, of_job(metric, run).max_over(run.range.length()));
}

Seconds look_step(const JobRun& run, const Site& site) {
    return std::max(site.exporters.job.interval,
                    std::min(run.range.length(), site.retention) / kLooks);
}

/// What the samples of the job should cover, give or take a scrape and a look at the ends.
Expected expected_of(const JobRun& run, const Site& site) {
    return {.run = run.range.length(),
            .slack = 2 * site.exporters.job.interval + look_step(run, site),
            .nodes = std::max<std::size_t>(run.job.nodes.size(), run.job.allocated.nodes)};
}

Expr usage_question(const JobRun& run, const Site& site) {
    const Seconds whole = run.range.length();
    const Seconds step = look_step(run, site);
    // One series of each node is enough to tell when the exporter saw the job there.
    const Selector seen = of_job(metric::kMemoryUsage, run);
    const Expr moment = promql::max_by({"instance", "account"}, seen.seen_at());
    return promql::either({
        promql::tagged("cores", promql::sum_by({"instance", "account"},
                                               of_job(metric::kCoreUsage, run).increase(whole))),
        promql::tagged("last", promql::max_over(moment, whole, step)),
        promql::tagged("first", promql::max_over(moment * -1, whole, step)),
        promql::tagged("present",
                       promql::count_over(promql::max_by({"instance"}, seen.now()), whole, step)),
        // A kernel without memory.peak has no memory_max: then the largest sample will do.
        promql::tagged("memory",
                       promql::sum(promql::either(peak_by_node(metric::kMemoryMax, run),
                                                  peak_by_node(metric::kMemoryUsage, run)))),
        promql::tagged("rss", promql::sum(peak_by_node(metric::kMemoryRss, run))),
    });
}

/// The largest of each GPU, added up.
Expr peak_of_gpus(promql::Literal metric, const JobRun& run) {
    return promql::sum(
        promql::max_by({"instance", "gpu"}, of_job(metric, run).max_over(run.range.length())));
}

/// The mean of each GPU over its samples, added up.
Expr mean_of_gpus(const Selector& selector, const JobRun& run) {
    const Seconds whole = run.range.length();
    return promql::sum(promql::divide_on(
        {"instance", "gpu"}, promql::sum_by({"instance", "gpu"}, selector.sum_over(whole)),
        promql::sum_by({"instance", "gpu"}, selector.count_over(whole))));
}

Expr gpu_question(const JobRun& run) {
    const Selector cycles = of_job(metric::kGpuUtilization, run);
    return promql::either({
        promql::tagged("cycles", mean_of_gpus(cycles, run)),
        promql::tagged(
            "count", promql::count_by({}, promql::max_by({"instance", "gpu"},
                                                         cycles.present_over(run.range.length())))),
        promql::tagged("type",
                       promql::max_by({"gpu_type"}, cycles.present_over(run.range.length()))),
        promql::tagged("parts", promql::count_by({}, of_job(metric::kGpuUtilization, run)
                                                         .matches("gpu", "MIG-.*")
                                                         .present_over(run.range.length()))),
        promql::tagged("memory", peak_of_gpus(metric::kGpuMemoryUsed, run)),
        promql::tagged("total", peak_of_gpus(metric::kGpuMemoryTotal, run)),
        promql::tagged("power", mean_of_gpus(card_power(run), run)),
    });
}

Parts parts_of(const prometheus::SeriesSet& answer) {
    Parts parts;
    for (const prometheus::Series& series : answer.series) {
        const double value = series.values.at(0);
        if (!std::isnan(value)) parts[std::string(series.label("part"))] = value;
    }
    return parts;
}

std::optional<double> part(const Parts& parts, std::string_view name) {
    const auto found = parts.find(name);
    if (found == parts.end()) return std::nullopt;
    return found->second;
}

/// Marks all that Prometheus would have told as unavailable.
void mark_missing(Measures& measures, const SourceError& error) {
    if (!measures.missing) log_missing(error);
    measures.missing = error;
}

/// The job's counters of core time, and how long each was seen.
Stretches stretches_of(const prometheus::SeriesSet& answer) {
    Stretches stretches;
    for (const prometheus::Series& series : answer.series) {
        const double value = series.values.at(0);
        if (std::isnan(value)) continue;
        const std::string_view name = series.label("part");
        const std::pair key = {std::string(series.label("instance")),
                               std::string(series.label("account"))};
        if (name == "cores") stretches[key].growth = value;
        if (name == "first") stretches[key].first = -value;
        if (name == "last") stretches[key].last = value;
    }
    return stretches;
}

/// Share of the run in which there were samples: gauges say nothing of the time between.
double present_share(const prometheus::SeriesSet& answer, const JobRun& run, const Site& site) {
    const auto step = static_cast<double>(look_step(run, site).count());
    std::vector<double> seconds;
    for (const prometheus::Series& series : answer.series) {
        if (series.label("part") != "present" || std::isnan(series.values.at(0))) continue;
        seconds.push_back(series.values.at(0) * step);
    }
    return covered_share(seconds, expected_of(run, site));
}

void read_usage(const prometheus::SeriesSet& answer, const JobRun& run, const Site& site,
                Measures& measures) {
    const Parts parts = parts_of(answer);
    if (part(parts, "cores")) {
        const Counted counted = join_stretches(stretches_of(answer), expected_of(run, site));
        measures.covered = counted.covered;
        // Prometheus has reached out to the ends of a run that it saw: only more is corrected.
        const double part_seen = counted.covered < kMostCovered ? counted.covered : 1;
        measures.cores = metric::kCoreUsage.base(counted.growth) /
                         (static_cast<double>(run.ran().count()) * part_seen);
    }
    measures.gpu_covered = present_share(answer, run, site);
    measures.memory = reading(part(parts, "memory"));
    measures.memory_rss = reading(part(parts, "rss"));
}

/// Share of the power between idle and full of one card, from the mean of all.
Reading power_share(std::optional<double> watts, double count, const GpuModel* model) {
    if (!watts || model == nullptr || model->power_w <= model->idle_power_w) {
        return NoData{};
    }
    const double each = *watts / count;
    return std::clamp((each - model->idle_power_w) / (model->power_w - model->idle_power_w), 0.0,
                      1.0);
}

void read_gpus(const prometheus::SeriesSet& answer, const JobRun& run, const Site& site,
               Measures& measures) {
    const Parts parts = parts_of(answer);
    const double seen = part(parts, "count").value_or(0);
    if (seen == 0) return;
    const double count = std::max<double>(run.job.allocated.gpus.count, seen);
    measures.gpu_covered = std::min(measures.gpu_covered, seen / count);
    for (const prometheus::Series& series : answer.series) {
        if (series.label("part") == "type")
            measures.gpu_types.emplace_back(series.label("gpu_type"));
    }
    const GpuModel* model = gpu_model(run.job.allocated.gpus, measures.gpu_types, site);
    if (auto cycles = part(parts, "cycles")) {
        measures.gpu_cycles = std::min(metric::kGpuUtilization.base(*cycles) / seen, 1.0);
    }
    measures.gpu_memory = reading(part(parts, "memory"));
    measures.gpu_memory_total = reading(part(parts, "total"));
    if (!part(parts, "total") && model != nullptr && model->memory_gib > 0) {
        measures.gpu_memory_total = model->memory_bytes() * count;
    }
    measures.parts_of_cards = part(parts, "parts").has_value();
    if (measures.parts_of_cards) return;
    auto watts = part(parts, "power");
    if (watts) watts = metric::kGpuPower.base(*watts);
    measures.gpu_power = power_share(watts, seen, model);
    if (watts) measures.gpu_watts = *watts * count / seen;
}

void read_power(const JobPower& power, const JobRun& run, Measures& measures) {
    if (power.watts.empty() || measures.parts_of_cards) return;
    const Energy energy = integrate(power.watts, power.grid, run.range, run.job.nodes.size());
    measures.energy_covered = energy.covered;
    if (energy.covered > 0) measures.kwh = energy.kwh;
}

/// Cores and memory as seff has them, where there are no samples or too few.
void fall_back_to_steps(const JobRun& run, Context& context, Measures& measures) {
    if (!run.job.run_known() || !run.job.ended) return;
    const bool partly = measures.covered < kMostCovered;
    const bool lacks_cores = partly || !number(measures.cores);
    const bool lacks_memory = partly || !number(measures.memory);
    if (!lacks_cores && !lacks_memory) return;
    const std::array<std::uint64_t, 1> attempt = {run.job.db_index};
    const auto usage = context.slurm.usage(attempt);
    if (!usage.ok()) {
        log_missing(usage.error());
        return;
    }
    const auto found = usage.value().find(run.job.db_index);
    if (found == usage.value().end() || run.range.length().count() == 0) return;
    const slurm::StepUsage& steps = found->second;
    if (lacks_cores && steps.cpu_time) {
        measures.cores_from_steps = true;
        measures.cores =
            static_cast<double>(steps.cpu_time->count()) / static_cast<double>(run.ran().count());
    }
    if (lacks_memory && steps.peak_memory) {
        measures.memory_from_steps = true;
        measures.memory = static_cast<double>(steps.peak_memory->count);
        if (steps.peak_at_most) {
            measures.memory_at_most = static_cast<double>(steps.peak_at_most->count);
        }
    }
}

}  // namespace

MeasureTickets ask_measures(const JobRun& run, Context& context) {
    MeasureTickets tickets;
    if (!run.sampled()) return tickets;
    const auto at_end = prometheus::Grid::at_instant(run.range.to);
    tickets.usage = context.metrics.ask({usage_question(run, context.site), at_end});
    if (run.has_gpus()) tickets.gpus = context.metrics.ask({gpu_question(run), at_end});
    if (with_power(run, context.site)) tickets.power = ask_power(run, run.range, context);
    return tickets;
}

Measures collect_measures(const MeasureTickets& tickets, const JobRun& run, Context& context) {
    Measures measures;
    if (tickets.usage) {
        const auto answer = context.metrics.collect(*tickets.usage);
        if (answer.ok())
            read_usage(answer.value(), run, context.site, measures);
        else {
            mark_missing(measures, answer.error());
            const Unavailable away{answer.error().source};
            measures.cores = measures.memory = measures.memory_rss = away;
        }
    }
    if (tickets.gpus) {
        const auto answer = context.metrics.collect(*tickets.gpus);
        if (answer.ok())
            read_gpus(answer.value(), run, context.site, measures);
        else {
            mark_missing(measures, answer.error());
            const Unavailable away{answer.error().source};
            measures.gpu_cycles = measures.gpu_memory = away;
            measures.gpu_power = measures.gpu_watts = away;
        }
    }
    if (tickets.power) {
        const auto power = collect_power(*tickets.power, run, context);
        if (power.ok())
            read_power(power.value(), run, measures);
        else {
            mark_missing(measures, power.error());
            measures.kwh = Unavailable{power.error().source};
        }
    }
    fall_back_to_steps(run, context, measures);
    return measures;
}

}  // namespace portal::jobstats
