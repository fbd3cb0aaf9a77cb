#pragma once

// fcgi/programs/doctor/prometheus holds what check-config looks at in Prometheus: rules and
// exporters (measurements), their series (series), and what jobs of Slurm have there
// (jobs_and_series); all ask through Questions. What may be included is as in the folder above.

#include <optional>
#include <string>
#include <vector>

#include "fcgi/base/time.h"
#include "fcgi/programs/config.h"
#include "handlers/sources/breaker.h"
#include "handlers/sources/prometheus/prometheus_metrics.h"

namespace portal::doctor {

/// Prometheus, asked one thing after the other: what a person wants to know is which of them fails.
class Questions {
 public:
    Questions(const Config& config, const Clock& clock);

    /// Errors: any Fault of Prometheus.
    Result<prometheus::SeriesSet> ask(const promql::Expr& query, const prometheus::Grid& grid);
    /// The same, right now; nothing found if it cannot be asked, which other lines tell.
    std::vector<prometheus::Series> now(const promql::Expr& query);
    /// Values of one label right now, sorted; empty ones left out.
    std::vector<std::string> values_of(const promql::Expr& query, std::string_view label);
    /// The only value right now; empty if there is none.
    std::optional<double> number(const promql::Expr& query);

 private:
    const Config& config_;
    const Clock& clock_;
    CurrentRequest request_;
    prometheus::PrometheusMetrics metrics_;
};

/// "a, b, c and 4 more".
[[nodiscard]] std::string listed(const std::vector<std::string>& names);

}  // namespace portal::doctor
