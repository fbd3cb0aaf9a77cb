#include "handlers/graphs/held.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "handlers/sources/prometheus/exporters.h"
#include "handlers/sources/prometheus/joining.h"

namespace portal {
namespace {

using prometheus::Grid;
using prometheus::kGap;
using promql::Expr;
using promql::Selector;
using Labels = std::initializer_list<promql::Literal>;

/// Windows in which samples are counted: a second short of what usual intervals fit into, so that
/// it does not matter on which side of an edge a sample is. Runs of three samples are enough for
/// the first; the second tells longer intervals apart.
constexpr Seconds kFew{179};
constexpr Seconds kMany{599};
/// They are looked at this often: no multiple of an interval, so that all phases are seen.
constexpr Seconds kLooks{61};
/// Of the shipped rules; for a series that nowhere has two samples in a row.
constexpr double kShippedInterval = 60;
constexpr std::array<double, 13> kUsual = {5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 300, 600};

/// Points of the steps that a sum is made of, at most; few, since each is one of every user.
constexpr Seconds::rep kSteps = 24;

/// Length of a window that holds each sample once, whether or not the server counts the one at its
/// beginning (Prometheus does before version 3).
Seconds just_below(Seconds length) {
    return length - Seconds{1};
}

/// Gaps take the value of the point nearest to them; all of them `otherwise` if there is none.
void fill_gaps(std::vector<double>& values, double otherwise) {
    double last = kGap;
    std::vector<double> after(values);
    for (std::size_t i = values.size(); i-- > 0;) {
        if (std::isnan(after[i])) after[i] = last;
        last = after[i];
    }
    last = kGap;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (std::isnan(values[i])) values[i] = std::isnan(last) ? after[i] : last;
        if (std::isnan(values[i])) values[i] = otherwise;
        last = values[i];
    }
}

struct Bracket {
    double above;
    double most;
};

/// An interval that fits `count` times into the window, and no more often.
Bracket bracket_of(const MostSamples& samples) {
    const auto window = static_cast<double>(samples.window.count());
    return {window / samples.count, window / (samples.count - 1)};
}

/// The longest usual interval there.
std::optional<double> usual_in(const Bracket& bracket) {
    std::optional<double> found;
    for (const double interval : kUsual) {
        if (interval > bracket.above && interval <= bracket.most) found = interval;
    }
    return found;
}

double likely_in(const Bracket& bracket) {
    return usual_in(bracket).value_or((bracket.above + bracket.most) / 2);
}

/// The only series of an answer, or gaps.
std::vector<double> only_series(const prometheus::SeriesSet& set, std::size_t points) {
    if (set.series.empty()) return std::vector<double>(points, kGap);
    return set.series.front().values;
}

}  // namespace

Expr held(Labels labels, const Expr& gauge, const Grid& grid) {
    if (grid.step < 2 * kMinute) return promql::sum_by(labels, gauge);
    const Expr sum = promql::sum_over(gauge, just_below(grid.step), kMinute);
    return promql::sum_by(labels, sum) / static_cast<double>(grid.step / kMinute);
}

Expr held_count(Labels labels, const Expr& gauge, const Grid& grid) {
    if (grid.step < 2 * kMinute) return promql::count_by(labels, gauge);
    const Expr count = promql::count_over(gauge, just_below(grid.step), kMinute);
    return promql::sum_by(labels, count) / static_cast<double>(grid.step / kMinute);
}

Expr recorded(Labels labels, const Selector& rule, const Grid& grid) {
    if (has_each_sample(grid)) return promql::sum_by(labels, promql::each_account(rule.now()));
    return promql::sum_by(labels, promql::each_account(rule.sum_over(just_below(grid.step))));
}

Expr in_cores(const Expr& values, const metric::Metric& rule, const Site& site) {
    const bool counts_threads = rule.text() == metric::kRuleAllocatedCores.text();
    if (!counts_threads || site.threads_per_core <= 1) return values;
    return values / static_cast<double>(site.threads_per_core);
}

bool has_each_sample(const Grid& grid) {
    return grid.step < prometheus::kLookBack;
}

Grid steps_of(TimeRange range) {
    const Seconds length = std::max(range.length(), Seconds{1});
    const auto steps = std::clamp<Seconds::rep>(length / kHour, 1, kSteps);
    const Seconds step = length / steps;
    return {range.to - step * (steps - 1), step, static_cast<std::size_t>(steps)};
}

double interval_of(const MostSamples& few, const MostSamples& many) {
    const bool short_known = few.count >= 2;
    if (!(many.count >= 2)) return short_known ? likely_in(bracket_of(few)) : kGap;
    const Bracket longer = bracket_of(many);
    if (!short_known) return likely_in(longer);
    const Bracket shorter = bracket_of(few);
    const double most = std::min(longer.most, shorter.most);
    const Bracket both{std::max(longer.above, shorter.above), most};
    if (const auto usual = usual_in(both)) return *usual;
    // A series too short for the long window has fewer samples in it: the interval may be shorter
    // than those seem to say, never longer.
    if (const auto full = usual_in({shorter.above, most})) return *full;
    return likely_in(both.above < most ? both : Bracket{0, most});
}

SampleTimes::SampleTimes(std::vector<Selector> any, const Grid& grid, std::int64_t looks,
                         Context& context)
    : any_(std::move(any)), grid_(grid), looks_(looks), context_(context) {
    if (!any_.empty()) asked_ = ask(any_.front());
}

SampleTimes::Asked SampleTimes::ask(const Selector& series) {
    const Seconds span = grid_.step * static_cast<Seconds::rep>(grid_.count);
    const Seconds every = std::max(kLooks, span / looks_);
    const Seconds reach = std::max(grid_.step, kMany);
    const auto most_in = [&](Seconds window) {
        const Expr most = promql::max_by({}, series.count_over(window));
        return context_.metrics.ask({promql::max_over(most, reach, every), grid_});
    };
    return {most_in(kFew), most_in(kMany)};
}

Result<bool> SampleTimes::take(const Asked& asked) {
    const auto few = context_.metrics.collect(asked.few);
    const auto many = context_.metrics.collect(asked.many);
    if (!few.ok()) return few.error();
    if (!many.ok()) return many.error();
    const auto short_counts = only_series(few.value(), grid_.count);
    const auto counts = only_series(many.value(), grid_.count);
    times_.clear();
    for (std::size_t i = 0; i < grid_.count; ++i) {
        times_.push_back(interval_of({kFew, short_counts.at(i)}, {kMany, counts.at(i)}));
    }
    const bool known = !std::all_of(times_.begin(), times_.end(),
                                    [](double interval) { return std::isnan(interval); });
    fill_gaps(times_, kShippedInterval);
    return known;
}

Result<bool> SampleTimes::collect() {
    if (!asked_) return true;
    auto known = take(*asked_);
    for (std::size_t next = 1; next < any_.size(); ++next) {
        if (!known.ok() || known.value()) break;
        known = take(ask(any_[next]));
    }
    return known;
}

double SampleTimes::time_at(std::size_t point) const {
    return asked_ ? times_.at(point) : static_cast<double>(grid_.step.count());
}

void SampleTimes::make_means(std::vector<double>& sums) const {
    const auto step = static_cast<double>(grid_.step.count());
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] *= time_at(i) / step;
}

double SampleTimes::unit_seconds(const std::vector<double>& sums) const {
    double seconds = 0;
    for (std::size_t i = 0; i < sums.size(); ++i) {
        if (!std::isnan(sums[i])) seconds += sums[i] * time_at(i);
    }
    return seconds;
}

}  // namespace portal
