#include "fcgi/programs/doctor/prometheus/measurements.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <stdexcept>

#include "fcgi/programs/doctor/words.h"
#include "handlers/sources/breaker.h"
#include "handlers/sources/prometheus/exporters.h"
#include "handlers/sources/prometheus/prometheus_metrics.h"

namespace portal::doctor {
namespace {

using prometheus::Grid;
using prometheus::PrometheusMetrics;
using promql::Selector;

/// How far back a silent exporter is looked for.
constexpr std::size_t kHours = 24 * 14;
/// Around now, so that a Prometheus whose clock is ahead shows its newest samples too.
constexpr Seconds kStep{15};
constexpr std::size_t kAround = 81;
constexpr Seconds kBefore{600};
/// What an exporter sends if it works.
struct Exporter {
    std::string name;  ///< in the report
    Selector selector;
    Seconds interval;
    std::string without;  ///< what is not shown while it is silent
};

Selector named(const std::string& metric) {
    const auto name = promql::MetricName::parse(metric);
    if (!name) throw std::invalid_argument("not the name of a metric: " + metric);
    return Selector(*name);
}

std::vector<Exporter> exporters_of(const Site& site) {
    const Exporters& on = site.exporters;
    std::vector<Exporter> all;
    const auto add = [&](bool enabled, std::string name, Selector selector, Seconds interval,
                         std::string without) {
        if (!enabled) return;
        all.push_back({std::move(name), std::move(selector), interval, std::move(without)});
    };
    add(on.job.enabled, "exporter job", Selector(metric::kCoreUsage), on.job.interval,
        "cores, memory and GPUs of jobs");
    add(on.node.enabled, "exporter node", Selector(metric::kNodeCpu), on.node.interval,
        "graphs of whole nodes, energy");
    add(on.lustre.enabled, "exporter lustre", Selector(metric::kLustreRead), on.lustre.interval,
        "file systems");
    add(on.power.enabled, "exporter power", named(on.power.metric), on.power.interval,
        "energy, cost and CO2");
    add(on.gpu.enabled, "exporter gpu", Selector(metric::kNodeGpuPower), on.gpu.interval,
        "energy of jobs on nodes with GPUs");
    add(on.account.enabled, "exporter account", named(on.account.metric), on.account.interval,
        "priority of accounts");
    add(on.quota.enabled, "exporter quota", Selector(metric::kQuotaKbytes), on.quota.interval,
        "quotas");
    add(on.cloud.enabled, "exporter cloud", Selector(metric::kVmState), on.cloud.interval,
        "virtual machines");
    return all;
}

/// The only series' last point that is not a gap, up to `until`.
std::optional<double> last_value(const prometheus::SeriesSet& set, Instant until) {
    if (set.series.empty()) return std::nullopt;
    const std::vector<double>& values = set.series.front().values;
    for (std::size_t i = values.size(); i-- > 0;) {
        if (set.grid.at(i) <= until && !std::isnan(values[i])) return values[i];
    }
    return std::nullopt;
}

/// One after the other: what a person wants to know is which of them fails.
class Measurements {
 public:
    Measurements(const Config& config, const Clock& clock, Report& report)
        : config_(config),
          clock_(clock),
          report_(report),
          metrics_(config.prometheus, {request_}) {}

    void examine() {
        if (!answers()) return;
        for (const Exporter& exporter : exporters_of(config_.site)) examine(exporter);
        say_clock();
        examine_retention();
    }

 private:
    Result<prometheus::SeriesSet> ask(const promql::Expr& query, const Grid& grid) {
        request_.begin(Deadline::in(config_.prometheus.timeout));
        return metrics_.collect(metrics_.ask({query, grid}));
    }

    bool answers() {
        const auto answer = ask(promql::Expr::number(1), Grid::at_instant(clock_.now()));
        if (answer.ok()) {
            report_.ok("prometheus", "answers at " + config_.prometheus.url);
        } else {
            report_.fail("prometheus",
                         config_.prometheus.url + " does not answer, " + why(answer.error()));
        }
        return answer.ok();
    }

    void examine(const Exporter& exporter) {
        const Grid around{clock_.now() - kBefore, kStep, kAround};
        const auto sampled = ask(promql::max_by({}, exporter.selector.sampled_at()), around);
        const auto count = ask(promql::count_by({}, exporter.selector.now()), around);
        if (!sampled.ok() || !count.ok()) {
            const SourceError& error = sampled.ok() ? count.error() : sampled.error();
            return report_.fail(exporter.name, "cannot be asked for, " + why(error));
        }
        const auto newest = last_value(sampled.value(), around.last());
        const auto series = last_value(count.value(), clock_.now());
        if (!newest) return say_silent(exporter);
        const Instant when = from_unix(static_cast<std::int64_t>(*newest));
        newest_ = std::max(newest_.value_or(when), when);
        const Seconds age = clock_.now() - when;
        const std::string amount =
            std::to_string(static_cast<std::int64_t>(series.value_or(0))) + " series";
        if (age > 3 * exporter.interval + kClockSlack) {
            report_.warn(exporter.name, "silent for " + lasting(age) + " (interval_s is " +
                                            lasting(exporter.interval) +
                                            "); without it: " + exporter.without);
        } else {
            report_.ok(exporter.name, amount + ", the newest sample " +
                                          lasting(std::max(age, Seconds{0})) + " old");
        }
    }

    void say_silent(const Exporter& exporter) {
        const Grid past{clock_.now() - kHour * static_cast<Seconds::rep>(kHours), kHour, kHours};
        const auto counts = ask(promql::count_by({}, exporter.selector.now()), past);
        std::string since = "no series in the last 14 days";
        if (counts.ok() && !counts.value().series.empty()) {
            const std::vector<double>& values = counts.value().series.front().values;
            for (std::size_t i = 0; i < values.size(); ++i) {
                if (std::isnan(values[i])) continue;
                since = "silent since about " + written(past.at(i) + kHour);
            }
        }
        report_.warn(exporter.name, since + "; without it: " + exporter.without);
    }

    /// Samples bear the time of Prometheus's machine.
    void say_clock() {
        if (!newest_) return;
        const Seconds ahead = *newest_ - clock_.now();
        if (ahead > kClockSlack) {
            report_.warn("clock of prometheus", "ahead of this machine's by " + lasting(ahead) +
                                                    ": graphs end too early, or show the future");
        } else if (-ahead > Seconds{600}) {
            report_.warn("clock of prometheus",
                         "its newest sample of all is " + lasting(-ahead) +
                             " old: it has stopped scraping, or its clock is behind");
        } else {
            report_.ok("clock of prometheus", "agrees with this machine's");
        }
    }

    void examine_retention() {
        if (!config_.site.exporters.job.enabled) return;
        const Seconds kept = config_.site.retention;
        const Instant then = clock_.now() - kept + kept / 10;
        const Grid day{then, kHour, 24};
        const auto counts = ask(promql::count_by({}, Selector(metric::kCoreUsage).now()), day);
        if (!counts.ok() || !counts.value().series.empty()) return;
        report_.warn("retention_days",
                     "no samples of jobs of " + written(then) +
                         ": Prometheus keeps less than retention_days says, or is younger");
    }

    const Config& config_;
    const Clock& clock_;
    Report& report_;
    CurrentRequest request_;
    PrometheusMetrics metrics_;
    std::optional<Instant> newest_;
};

}  // namespace

void examine_measurements(const Config& config, const Clock& clock, Report& report) {
    Measurements(config, clock, report).examine();
}

}  // namespace portal::doctor
