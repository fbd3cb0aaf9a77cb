#include "handlers/jobstats/pace/pace.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "handlers/jobs/shares.h"
#include "handlers/jobstats/run/node_use.h"
#include "handlers/page/errors.h"
#include "handlers/sources/prometheus/exporters.h"

namespace portal::jobstats {
namespace {

using promql::Expr;

constexpr Seconds kLeastRun = 20 * kMinute;
constexpr Seconds kWindow = 6 * kHour;
constexpr Seconds::rep kPoints = 48;
constexpr std::size_t kFewestPoints = 16;
/// Growth of less than this share of what there is says nothing.
constexpr double kLeastGrowth = 0.05;
/// Of the growth: what a single step may be, and what may have been given back on the way.
constexpr double kLargestStep = 0.2;
constexpr double kLargestFall = 0.05;
/// The second half against the first: less is growth that fades.
constexpr double kFades = 0.75;
/// Of jobs without a time limit.
constexpr double kFarthest = 7 * 24 * kSecondsPerHour;
constexpr Seconds kQuietWindow = 2 * kHour;
constexpr double kWorks = 1;  ///< percent of the time of a GPU

struct Point {
    double at;
    double value;
};

std::vector<Point> points_of(std::span<const double> values, double step_s) {
    std::vector<Point> points;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (std::isfinite(values[i]))
            points.push_back({static_cast<double>(i) * step_s, values[i]});
    }
    return points;
}

/// A rise in many steps of about the same height, and hardly a fall.
bool is_steady(std::span<const Point> points) {
    const double growth = points.back().value - points.front().value;
    double highest = points.front().value;
    for (std::size_t i = 1; i < points.size(); ++i) {
        if (points[i].value - points[i - 1].value > kLargestStep * growth) return false;
        if (highest - points[i].value > kLargestFall * growth) return false;
        highest = std::max(highest, points[i].value);
    }
    return true;
}

double slope(const Point& from, const Point& to) {
    return (to.value - from.value) / (to.at - from.at);
}

/// Memory without page cache, which the kernel gives back when there is need.
prometheus::Ticket ask_memory(const JobRun& run, const prometheus::Grid& grid, Context& context) {
    const Expr each = promql::with_node(of_job(metric::kMemoryRss, run).now());
    return context.metrics.ask({promql::max_by({"node"}, each), grid});
}

/// When one of its GPUs did something, and whether they are seen.
prometheus::Ticket ask_gpus(const JobRun& run, Seconds window, Seconds step, Context& context) {
    const promql::Selector use = of_job(metric::kGpuUtilization, run);
    const Expr works = promql::moment_of(promql::above(use.max_over(step), kWorks));
    return context.metrics.ask(
        {promql::either(
             {promql::tagged("works", promql::max_by({}, promql::max_over(works, window, step))),
              promql::tagged("seen", promql::count_by({}, use.now()))}),
         prometheus::Grid::at_instant(run.range.to)});
}

std::optional<double> full_in(const prometheus::SeriesSet& answer, const PaceTickets& tickets,
                              const JobRun& run) {
    const auto had = number(memory_had(run.job));
    if (!had) return std::nullopt;
    const double most = *had / static_cast<double>(nodes_of(run));
    const auto step = static_cast<double>(tickets.grid.step.count());
    std::optional<double> soonest;
    for (const prometheus::Series& series : answer.series) {
        const auto one = time_until_full(series.values, step, most);
        if (one) soonest = std::min(soonest.value_or(*one), *one);
    }
    const auto limit = run.job.time_limit;
    const double left =
        limit ? static_cast<double>((*limit - run.ran_since_start()).count()) : kFarthest;
    return soonest && *soonest < left ? soonest : std::nullopt;
}

std::optional<double> quiet_for(const prometheus::SeriesSet& answer, const PaceTickets& tickets,
                                const JobRun& run) {
    bool seen = false;
    auto quiet = static_cast<double>(tickets.window.count());
    for (const prometheus::Series& series : answer.series) {
        const double value = series.values.at(0);
        if (series.label("part") == "seen") seen = true;
        if (series.label("part") == "works") {
            quiet = std::min(quiet, static_cast<double>(unix_seconds(run.range.to)) - value);
        }
    }
    return seen ? std::optional(std::max(quiet, 0.0)) : std::nullopt;
}

}  // namespace

std::optional<double> time_until_full(std::span<const double> values, double step_s, double most) {
    const std::vector<Point> all = points_of(values, step_s);
    // What a program needs at its start is no pace.
    const std::span<const Point> points = std::span(all).subspan(all.size() / 4);
    if (points.size() < kFewestPoints || std::isnan(values.back())) return std::nullopt;
    const Point& first = points.front();
    const Point& middle = points[points.size() / 2];
    const Point& last = points.back();
    if (last.value - first.value < kLeastGrowth * most || last.value >= most) return std::nullopt;
    const double pace = slope(middle, last);
    if (!is_steady(points) || pace < kFades * slope(first, middle)) return std::nullopt;
    return (most - last.value) / pace;
}

std::optional<PaceTickets> ask_pace(const JobRun& run, Context& context) {
    const Seconds length = run.range.length();
    if (!run.running || !run.sampled() || length < kLeastRun) return std::nullopt;
    const Seconds interval = context.site.exporters.job.interval;
    const Seconds step = std::max(interval, std::min(length, kWindow) / kPoints);
    const auto count = static_cast<std::size_t>(std::min(length, kWindow) / step);
    const prometheus::Grid grid{run.range.to - step * static_cast<Seconds::rep>(count - 1), step,
                                count};
    PaceTickets tickets{grid, ask_memory(run, grid, context), {}, {}};
    if (run.has_gpus()) {
        tickets.window = std::min(length, kQuietWindow);
        tickets.gpus = ask_gpus(run, tickets.window,
                                std::max(2 * interval, tickets.window / kPoints), context);
    }
    return tickets;
}

Pace collect_pace(const PaceTickets& tickets, const JobRun& run, Context& context) {
    Pace pace;
    const auto memory = context.metrics.collect(tickets.memory);
    if (memory.ok()) pace.memory_full_in = full_in(memory.value(), tickets, run);
    if (!memory.ok()) log_missing(memory.error());
    if (!tickets.gpus) return pace;
    const auto gpus = context.metrics.collect(*tickets.gpus);
    if (gpus.ok()) pace.gpus_quiet = quiet_for(gpus.value(), tickets, run);
    if (!gpus.ok()) log_missing(gpus.error());
    return pace;
}

}  // namespace portal::jobstats
