#pragma once

#include <initializer_list>

#include "fcgi/base/units.h"
#include "handlers/sources/prometheus/metrics.h"

/// Gauges that are absent while nobody holds anything: cores of a user, power of a job's GPUs. The
/// mean of the samples there are would count a job of ten minutes as one of an hour, so here
/// absence counts as zero: points times their step add up to what was held.
namespace portal {

/// A rule by user and account, summed by some labels, over a grid. No point where it was absent all
/// the time. How often rules are recorded is counted, not assumed: by the rule of the whole
/// cluster, or where a site does not record that one, by the most samples of a series asked about.
[[nodiscard]] promql::Expr recorded(std::initializer_list<promql::Literal> labels,
                                    const promql::Selector& rule, const prometheus::Grid& grid);
/// Unit-hours of such a rule over a range, for an instant query at its end.
[[nodiscard]] promql::Expr recorded_hours(std::initializer_list<promql::Literal> labels,
                                          const promql::Selector& rule, TimeRange range);

/// A gauge of an exporter, over a grid, looked at each minute.
[[nodiscard]] promql::Expr held(std::initializer_list<promql::Literal> labels,
                                const promql::Selector& gauge, const prometheus::Grid& grid);
/// The number of its series by some labels instead of their values.
[[nodiscard]] promql::Expr held_count(std::initializer_list<promql::Literal> labels,
                                      const promql::Selector& gauge, const prometheus::Grid& grid);

}  // namespace portal
