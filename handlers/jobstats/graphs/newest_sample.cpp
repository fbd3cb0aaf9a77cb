#include "handlers/jobstats/graphs/newest_sample.h"

#include <chrono>
#include <cmath>

namespace portal::jobstats {
namespace {

constexpr Seconds kLiveRange = std::chrono::minutes{15};

}  // namespace

std::optional<prometheus::Ticket> ask_newest(const JobRun& run, const graph::Ask& ask,
                                             Context& context) {
    if (!run.running || ask.range.length() > kLiveRange) return std::nullopt;
    const promql::Expr newest = promql::max_by({}, of_job(metric::kCoreUsage, run).sampled_at());
    return context.metrics.ask({newest, prometheus::Grid::at_instant(run.range.to)});
}

std::optional<Instant> collect_newest(const std::optional<prometheus::Ticket>& ticket,
                                      Context& context) {
    if (!ticket) return std::nullopt;
    const auto found = context.metrics.collect(*ticket);
    if (!found.ok() || found.value().series.empty()) return std::nullopt;
    const double seconds = found.value().series.front().values.at(0);
    if (std::isnan(seconds)) return std::nullopt;
    return Instant{Seconds{static_cast<Seconds::rep>(seconds)}};
}

}  // namespace portal::jobstats
