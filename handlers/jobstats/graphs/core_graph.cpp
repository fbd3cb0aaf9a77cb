#include "handlers/jobstats/graphs/core_graph.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace portal::jobstats {
namespace {

using namespace graph;
using promql::Expr;

constexpr Seconds kLiveRange = std::chrono::minutes{15};

const Row& core_row() {
    static const Row kRow = {.slug = "cpu",
                             .unit = unit::kCores,
                             .stack = Stack::Yes,
                             .lines = {{"core", metric::kCoreUsage}},
                             .labels = {"node", "core"},
                             .by_node = NodeView{.apart = 1},
                             .made = {"node_cores"}};
    return kRow;
}

bool sums_cores(const JobRun& run, const Ask& ask) {
    return ask.detail != Detail::All && run.cores() > kMostPlain;
}

/// Each core, or the sum of each node of a job with many. Series that differ in other labels are
/// joined when they are here.
Expr summed(const Expr& each, const JobRun& run, const Ask& ask) {
    return sums_cores(run, ask) ? promql::sum_without({"core"}, each) : each;
}

Expr cores(const Line& line, const JobRun& run, const Ask& ask) {
    return summed(sampled(line.metric, of_job(line.metric, run), ask), run, ask);
}

/// The points whose look-back begins before the run. A rate reaches out to that beginning by guess;
/// the slope of the samples there are does not.
prometheus::Grid first_points(Seconds window, const JobRun& run, prometheus::Grid grid) {
    std::size_t points = 0;
    while (points < grid.count && grid.at(points) - run.range.from < window) ++points;
    grid.count = points;
    return grid;
}

/// For the longest look-back; nothing if there are no such points.
std::optional<Asked> ask_slopes(const JobRun& run, const Ask& ask, Context& context) {
    const Seconds window = std::max(kSeldom, ask.grid.step);
    const prometheus::Grid first = first_points(window, run, ask.grid);
    if (first.count == 0) return std::nullopt;
    const Expr slope = of_job(metric::kCoreUsage, run).slope(window);
    return ask_parts(std::array{Part{"core", summed(slope, run, ask)}}, first, context);
}

/// Puts slopes in place of the first points of each line.
void replace_first(Graph& graph, const Graph& slopes, std::size_t points) {
    for (Series& line : graph.series) {
        const Series* const slope = same_line(line, slopes);
        if (slope == nullptr) continue;
        std::copy_n(slope->values.begin(), std::min(points, slope->values.size()),
                    line.values.begin());
    }
}

std::optional<prometheus::Ticket> ask_newest(const JobRun& run, const Ask& ask, Context& context) {
    if (!run.running || ask.range.length() > kLiveRange) return std::nullopt;
    const Expr newest = promql::max_by({}, of_job(metric::kCoreUsage, run).sampled_at());
    return context.metrics.ask({newest, prometheus::Grid::at_instant(run.range.to)});
}

/// Nothing if there is no answer, or no sample of the last minutes.
std::optional<Instant> collect_newest(prometheus::Ticket ticket, Context& context) {
    const auto found = context.metrics.collect(ticket);
    if (!found.ok() || found.value().series.empty()) return std::nullopt;
    const double seconds = found.value().series.front().values.at(0);
    if (std::isnan(seconds)) return std::nullopt;
    return Instant{Seconds{static_cast<Seconds::rep>(seconds)}};
}

void finish_graph(Graph& graph, const JobRun& run, const Ask& ask) {
    if (sums_cores(run, ask)) {
        for (Series& line : graph.series) line.id = "node_cores";
        graph.fold = Fold{"node_sums", run.cores()};
    }
    set_limit(graph, "asked", run.cores());
}

Finish finish_cores(const JobRun& run, const Ask& ask, Context& context) {
    const auto slopes = ask_slopes(run, ask, context);
    const auto newest = ask_newest(run, ask, context);
    return [&, slopes, newest](Drawn drawn, const Lines& lines) -> Result<Drawn> {
        Graph& graph = drawn.graphs.front();
        if (slopes) {
            auto found = collect_parts(*slopes, context);
            if (!found.ok()) return found.error();
            prometheus::SeriesSet set = std::move(found).value();
            const auto early = sort_parts({&core_row(), 1}, set, ask.site);
            replace_first(graph, early.front(), first_points(lines.window, run, ask.grid).count);
        }
        finish_graph(graph, run, ask);
        if (newest) drawn.newest = collect_newest(*newest, context);
        return drawn;
    };
}

}  // namespace

graph::Family<JobRun> core_family() {
    return {.slug = "cpu",
            .section = "cpu",
            .exporter = &exporter<&Exporters::job>,
            .graphs = {core_row()},
            .question = &cores,
            .beside = &finish_cores};
}

}  // namespace portal::jobstats
