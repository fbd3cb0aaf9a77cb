#include "handlers/jobstats/files/file_use.h"

#include <cmath>
#include <map>
#include <string>
#include <utility>

#include "handlers/sources/prometheus/exporters.h"

namespace portal::jobstats {
namespace {

using promql::Expr;
using promql::Selector;

/// Growth over the run; each target once, though it may be served at two places.
Expr grown(const Selector& all, const JobRun& run) {
    return promql::max_by({"fs", "target", "operation", "user"}, all.increase(run.range.length()));
}

Selector of_job_files(const metric::Metric& metric, const JobRun& run) {
    return Selector(metric).eq("jobid", run.id_text());
}

Expr total(promql::Literal part, const metric::Metric& metric, const JobRun& run) {
    return promql::tagged(part, promql::sum(grown(of_job_files(metric, run), run)));
}

/// Amounts of the run by part, operations by their name.
using Amounts = std::map<std::string, double, std::less<>>;

std::optional<double> found(const Amounts& amounts, std::string_view name) {
    const auto one = amounts.find(name);
    return one == amounts.end() ? std::nullopt : std::optional(one->second);
}

/// Of reads and of writes those count whose number and size are both known.
void add_requests(const Amounts& amounts, double seconds, FileUse& use) {
    double requests = 0;
    double bytes = 0;
    for (const auto& [number, size] :
         {std::pair{"reads", "bytes_read"}, std::pair{"writes", "bytes_written"}}) {
        const auto some = found(amounts, number);
        const auto held = found(amounts, size);
        if (!some || !held) continue;
        requests += *some;
        bytes += *held;
    }
    if (requests <= 0) return;
    use.requests = requests / seconds;
    use.request_bytes = bytes / requests;
}

}  // namespace

prometheus::Ticket ask_files(const JobRun& run, Context& context) {
    Selector names = of_job_files(metric::kLustreOperations, run);
    names.eq("component", "mdt");
    const Expr all = promql::either(
        {promql::tagged("operations", promql::sum_by({"operation"}, grown(names, run))),
         total("reads", metric::kLustreReads, run), total("bytes_read", metric::kLustreRead, run),
         total("writes", metric::kLustreWrites, run),
         total("bytes_written", metric::kLustreWrite, run)});
    return context.metrics.ask({all, prometheus::Grid::at_instant(run.range.to)});
}

Result<FileUse> collect_files(prometheus::Ticket ticket, const JobRun& run, Context& context) {
    const auto answer = context.metrics.collect(ticket);
    if (!answer.ok()) return answer.error();
    const auto seconds = static_cast<double>(run.ran().count());
    FileUse use;
    Amounts amounts;
    Amounts operations;
    for (const prometheus::Series& series : answer.value().series) {
        if (std::isnan(series.values.at(0))) continue;
        const bool named = series.label("part") == "operations";
        const std::string name(series.label(named ? "operation" : "part"));
        (named ? operations : amounts)[name] += series.values.at(0);
    }
    for (const auto& [name, count] : operations) {
        use.operations = use.operations.value_or(0) + count / seconds;
    }
    use.opened = found(operations, "open");
    use.deleted = found(operations, "unlink");
    if (use.opened) *use.opened /= seconds;
    if (use.deleted) *use.deleted /= seconds;
    add_requests(amounts, seconds, use);
    return use;
}

}  // namespace portal::jobstats
