#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <vector>

#include "handlers/context.h"
#include "handlers/sources/prometheus/metrics.h"

/// Gauges that are absent while nobody holds anything: cores of a user, power of a job's GPUs. The
/// mean of the samples there are would count a job of ten minutes as one of an hour, so here
/// absence counts as zero: points times their step add up to what was held.
namespace portal {

/// A gauge of an exporter, over a grid, looked at each minute.
[[nodiscard]] promql::Expr held(std::initializer_list<promql::Literal> labels,
                                const promql::Expr& gauge, const prometheus::Grid& grid);
/// The number of its series by some labels instead of their values.
[[nodiscard]] promql::Expr held_count(std::initializer_list<promql::Literal> labels,
                                      const promql::Expr& gauge, const prometheus::Grid& grid);

/// A rule by user and account, summed by some labels, over a grid. While every sample is a point:
/// as it is. Once points would skip samples: the sum of all of the step before each point, for
/// SampleTimes to make hours or means of. No point where it was absent all the time.
[[nodiscard]] promql::Expr recorded(std::initializer_list<promql::Literal> labels,
                                    const promql::Selector& rule, const prometheus::Grid& grid);

/// Values of a rule in the cores that Slurm counts: the rule of allocated cores counts hardware
/// threads, of which a core of the site may have several.
[[nodiscard]] promql::Expr in_cores(const promql::Expr& values, const metric::Metric& rule,
                                    const Site& site);

/// Equal steps that end where the range does, not at a multiple of the step, and together are as
/// long as the range to within a step of a second: what happened just before `to` counts.
[[nodiscard]] prometheus::Grid steps_of(TimeRange range);

/// How much time one sample is worth, at each point of a grid. Measured, not assumed: a site's own
/// rules may be recorded more or less often than the shipped ones, or more often this month than
/// the last, and an exporter be scraped more seldom than the configuration says.
class SampleTimes {
 public:
    /// Asks Prometheus for the first of the selectors at once, for the others only if it has none
    /// of them. Series are looked at no more than `looks` times over the grid. Of no selector at
    /// all, a sample is worth a step.
    SampleTimes(std::vector<promql::Selector> any, const prometheus::Grid& grid, std::int64_t looks,
                Context& context);
    /// Waits for the answer. Errors: any Fault of Prometheus.
    [[nodiscard]] Result<bool> collect();

    /// Sums of samples become means over the step before each point. After collect().
    void make_means(std::vector<double>& sums) const;
    /// What samples held for how long: unit-seconds of all points together, gaps left out. After
    /// collect().
    [[nodiscard]] double unit_seconds(const std::vector<double>& sums) const;

 private:
    struct Asked {
        prometheus::Ticket few;   ///< most samples of a series in a short window
        prometheus::Ticket many;  ///< in a longer one
    };
    [[nodiscard]] Asked ask(const promql::Selector& series);
    [[nodiscard]] Result<bool> take(const Asked& asked);
    [[nodiscard]] double time_at(std::size_t point) const;

    std::vector<promql::Selector> any_;
    prometheus::Grid grid_;
    std::int64_t looks_;
    Context& context_;
    std::optional<Asked> asked_;
    std::vector<double> times_;  ///< seconds, for each point
};

/// Whether recorded() has each sample as a point of this grid, so that nothing is added up.
[[nodiscard]] bool has_each_sample(const prometheus::Grid& grid);

/// Seconds between the samples of a series of which a window of this length holds at most so many.
struct MostSamples {
    Seconds window;
    double count;
};
/// The usual interval (10 s, 30 s, 1 min ...) that agrees with a short and a long window, or kGap
/// if neither holds two samples. Where they differ, the series was too short for the long one.
[[nodiscard]] double interval_of(const MostSamples& few, const MostSamples& many);

}  // namespace portal
