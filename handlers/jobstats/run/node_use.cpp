#include "handlers/jobstats/run/node_use.h"

#include <algorithm>
#include <cmath>

#include "handlers/graphs/graph.h"
#include "handlers/graphs/time_grid.h"
#include "handlers/sources/prometheus/exporters.h"

namespace portal::jobstats {
namespace {

using promql::Expr;
using promql::Selector;

constexpr int kLooks = 200;          // at a run
constexpr int kMostPoints = 500;     // of a careful question
constexpr Seconds kEnd{300};         // in which the first and last samples are expected
constexpr Seconds kRise{600};        // at its end, over which a growth of memory is told
constexpr double kRestarted = 1.05;  // times the growth between the ends: more is none
constexpr int kPeakLooks = 12;       // at the use of cores
constexpr int kFewestScrapes = 4;    // in each of these looks

double count(Seconds time) {
    return static_cast<double>(time.count());
}

double start_of(const JobRun& run) {
    return static_cast<double>(unix_seconds(run.range.from));
}

Expr of_node(const Expr& inner) {
    return promql::max_by({"instance"}, inner);
}

/// When samples were taken, looked for in a window.
Expr sampled_in(const JobRun& run) {
    return promql::at_least(of_job(metric::kMemoryUsage, run).sampled_at(), start_of(run));
}

/// Looks that see each sample, unless the window is very long.
Seconds fine_step(Seconds window, const Site& site) {
    constexpr int kOfInterval = 6;
    constexpr int kMost = 2000;
    return std::max({Seconds{1}, site.exporters.job.interval / kOfInterval, window / kMost});
}

Expr largest(const metric::Metric& metric, const JobRun& run) {
    return of_node(of_job(metric, run).as_sampled().max_over(run.range.length()));
}

/// The counters at the end of a window, and when that was. They only grow: so the largest of a core
/// is its last, under whatever labels it came.
std::vector<Expr> last_parts(const JobRun& run, Seconds window, const Site& site) {
    const Expr values = of_job(metric::kCoreUsage, run).as_sampled().max_over(window);
    const Expr newest = of_job(metric::kMemoryUsage, run).sampled_at();
    const Expr found = promql::max_over(sampled_in(run), window, fine_step(window, site));
    return {
        promql::tagged("last_value",
                       promql::sum_by({"instance"}, promql::max_by({"instance", "core"}, values))),
        promql::tagged("last_at", promql::either(of_node(newest), of_node(found)))};
}

/// The same at the start of a window that ends now.
std::vector<Expr> first_parts(const JobRun& run, Seconds window, const Site& site) {
    const Expr values = of_job(metric::kCoreUsage, run).as_sampled().min_over(window);
    const Expr found = promql::min_over(sampled_in(run), window, fine_step(window, site));
    return {
        promql::tagged("first_value",
                       promql::sum_by({"instance"}, promql::min_by({"instance", "core"}, values))),
        promql::tagged("first_at", promql::min_by({"instance"}, found))};
}

/// The largest use of cores over a twelfth of the run: each sample is read once.
Expr peak_part(const JobRun& run, const Site& site) {
    const Seconds whole = run.range.length();
    const Seconds window =
        std::max(whole / kPeakLooks, kFewestScrapes * site.exporters.job.interval);
    const Expr used = of_node(
        promql::sum_without({"core"}, of_job(metric::kCoreUsage, run).as_sampled().rate(window)));
    return promql::tagged("peak", promql::max_over(used, whole, window));
}

/// How fast memory grew when the job was killed for it.
Expr rise_part(const JobRun& run) {
    const Seconds window = std::min(run.range.length(), kRise);
    return promql::tagged("rise", of_node(of_job(metric::kMemoryUsage, run).slope(window)));
}

Expr threads_part(const JobRun& run) {
    promql::Selector running = of_job(metric::kThreads, run);
    running.eq("state", "running");
    return promql::tagged("threads", of_node(running.avg_over(run.range.length())));
}

std::vector<Expr> usual_parts(const JobRun& run, const Site& site) {
    const Seconds whole = run.range.length();
    const Expr growth = of_job(metric::kCoreUsage, run).as_sampled().increase(whole);
    // One series of each node is enough to tell when the exporter saw the job there, under
    // whatever names it did.
    const Expr seen = promql::max_by(
        {"node"}, promql::with_node(of_job(metric::kMemoryUsage, run).as_sampled().now()));
    std::vector<Expr> parts = {
        promql::tagged("growth", of_node(promql::sum_without({"core"}, growth))),
        promql::tagged("looks", promql::count_over(seen, whole, look_step(run, site))),
        promql::tagged("memory_max", largest(metric::kMemoryMax, run)),
        promql::tagged("memory_usage", largest(metric::kMemoryUsage, run)),
        promql::tagged("memory_rss", largest(metric::kMemoryRss, run)),
        peak_part(run, site),
        threads_part(run),
    };
    if (run.gpus_unknown) {
        const Expr gpus = of_job(metric::kGpuUtilization, run).present_over(whole);
        parts.push_back(promql::tagged("gpus", of_node(gpus)));
    }
    if (run.job.state == JobState::OutOfMemory) parts.push_back(rise_part(run));
    return parts;
}

Expr careful_largest(const metric::Metric& metric, const JobRun& run, Seconds step) {
    return of_node(promql::max_over(of_job(metric, run).now(), run.range.length(), step));
}

/// Points at which the newest sample cannot be.
Expr odd_looks(const metric::Metric& metric, const JobRun& run, Seconds step) {
    return of_node(promql::count_over(of_job(metric, run).odd(), run.range.length(), step));
}

std::vector<Expr> careful_parts(const JobRun& run, const Site& site) {
    const Seconds whole = run.range.length();
    const Seconds interval = site.exporters.job.interval;
    const Seconds step = std::max(interval, whole / kMostPoints);
    // Short: the beginning and the end of the run are in fewer windows than the rest of it.
    const Seconds window = std::min(std::max(kScrapesOfRate * interval, 2 * step), whole);
    // A rate is below zero where a sample is minus infinity.
    const Expr rate =
        promql::bounded(of_job(metric::kCoreUsage, run).rate(window), metric::kCoreUsage.bounds);
    const Expr each = promql::max_by({"instance", "core"}, rate);
    // Before its end the first window is not full.
    const Expr mean = promql::avg_over(each, std::max(whole - window, step), step);
    return {
        promql::tagged("slope", promql::sum_by({"instance"}, mean)),
        promql::tagged("memory_max", careful_largest(metric::kMemoryMax, run, step)),
        promql::tagged("memory_usage", careful_largest(metric::kMemoryUsage, run, step)),
        promql::tagged("memory_rss", careful_largest(metric::kMemoryRss, run, step)),
        promql::tagged("odd_max", odd_looks(metric::kMemoryMax, run, step)),
        promql::tagged("odd_usage", odd_looks(metric::kMemoryUsage, run, step)),
    };
}

struct Place {
    std::string_view part;
    std::optional<double> NodeUse::*value;
    bool smallest = false;  ///< of what came under several names of the node
};
constexpr Place kPlaces[] = {
    {"first_value", &NodeUse::first_value, true},
    {"last_value", &NodeUse::last_value},
    {"first_at", &NodeUse::first_at, true},
    {"last_at", &NodeUse::last_at},
    {"growth", &NodeUse::growth},
    {"slope", &NodeUse::slope},
    {"memory_max", &NodeUse::memory_max},
    {"memory_usage", &NodeUse::memory_usage},
    {"memory_rss", &NodeUse::memory_rss},
    {"peak", &NodeUse::peak},
    {"threads", &NodeUse::threads},
    {"rise", &NodeUse::rise},
};

/// Within one answer; a later one replaces what an earlier one said.
void read_into(NodeUses& nodes, const prometheus::SeriesSet& answer) {
    NodeUses fresh;
    for (const prometheus::Series& series : answer.series) {
        const double value = series.values.at(0);
        const std::string_view part = series.label("part");
        const char* const name = part == "looks" ? "node" : "instance";
        NodeUse& node = fresh[graph::node_key(series.label(name))];
        if (part == "looks" && value > node.looks) node.looks = value;
        if (part.starts_with("odd_")) node.odd += value;
        node.gpus = node.gpus || part == "gpus";
        for (const Place& place : kPlaces) {
            if (place.part != part) continue;
            std::optional<double>& kept = node.*place.value;
            if (!kept || std::isnan(*kept)) kept = value;
            if (place.smallest ? value < *kept : value > *kept) kept = value;
        }
    }
    for (const auto& [name, found] : fresh) {
        NodeUse& node = nodes[name];
        node.looks = std::max(node.looks, found.looks);
        node.odd = std::max(node.odd, found.odd);
        node.gpus = node.gpus || found.gpus;
        for (const Place& place : kPlaces) {
            if (found.*place.value) node.*place.value = found.*place.value;
        }
    }
}

bool possible(const std::optional<double>& value, const metric::Metric& metric) {
    return !value || (*value >= metric.bounds.least && *value <= metric.bounds.most);
}

bool has_both_ends(const NodeUse& node) {
    return node.first_value && node.last_value && node.first_at && node.last_at;
}

/// Mean growth in a second between the ends.
std::optional<double> between_ends(const NodeUse& node) {
    if (!has_both_ends(node) || *node.last_at <= *node.first_at) return std::nullopt;
    return (*node.last_value - *node.first_value) / (*node.last_at - *node.first_at);
}

/// The counters fell, restarted or leapt.
bool is_odd(const NodeUse& node, const JobRun& run) {
    if (node.growth && std::isnan(*node.growth)) return true;
    const auto mean = between_ends(node);
    if (!mean) return false;
    const double cores = std::max<double>(run.cores(), 1) * run.threads_per_core;
    if (*mean < 0 || *mean > metric::kCoreUsage.bounds.most * cores) return true;
    const double all = count(run.range.length());
    const double trifle = 0.01 * metric::kCoreUsage.bounds.most * all;
    return node.growth.value_or(0) > *mean * all * kRestarted + trifle;
}

std::optional<double> memory_of(const NodeUse& node) {
    // A kernel without memory.peak has no memory_max: then the largest sample will do.
    if (node.memory_max && possible(node.memory_max, metric::kMemoryMax)) return node.memory_max;
    return possible(node.memory_usage, metric::kMemoryUsage) ? node.memory_usage : std::nullopt;
}

bool memory_is_odd(const NodeUse& node) {
    return !possible(node.memory_max, metric::kMemoryMax) ||
           !possible(node.memory_usage, metric::kMemoryUsage) ||
           !possible(node.memory_rss, metric::kMemoryRss);
}

std::optional<double> in_cores(const std::optional<double>& growth) {
    if (!growth || !std::isfinite(*growth)) return std::nullopt;
    return metric::kCoreUsage.base(*growth);
}

/// Sum over the nodes that tell, and as much of each that does not. Where more tell than the job
/// has nodes, some are the same under two names.
class Total {
 public:
    void add(const std::optional<double>& value) {
        if (!value || !std::isfinite(*value)) return;
        sum_ += *value;
        ++told_;
    }
    [[nodiscard]] std::optional<double> of(std::size_t nodes) const {
        if (told_ == 0) return std::nullopt;
        return sum_ * static_cast<double>(nodes) / static_cast<double>(told_);
    }

 private:
    double sum_ = 0;
    std::size_t told_ = 0;
};

}  // namespace

Seconds look_step(const JobRun& run, const Site& site) {
    return std::max(site.exporters.job.interval,
                    std::min(run.range.length(), site.retention) / kLooks);
}

std::size_t nodes_of(const JobRun& run) {
    return std::max<std::size_t>({run.job.nodes.size(), run.job.allocated.nodes, 1});
}

double covered_share(const std::vector<double>& seconds, const Expected& expected) {
    const double run = count(expected.run);
    if (seconds.empty() || run <= 0) return 1;
    double seen = 0;
    for (const double one : seconds) seen += std::min(one + count(expected.slack), run);
    const auto things = static_cast<double>(std::max<std::size_t>(expected.things, 1));
    return std::min(seen / (run * things), 1.0);
}

NodeTickets ask_nodes(const JobRun& run, Care care, Context& context) {
    const Site& site = context.site;
    const Seconds whole = run.range.length();
    const Seconds window = care == Care::Ends ? std::min(whole, kEnd) : whole;
    std::vector<Expr> parts =
        care == Care::Samples ? careful_parts(run, site) : last_parts(run, window, site);
    if (care == Care::Ends) {
        for (Expr& part : usual_parts(run, site)) parts.push_back(std::move(part));
    }
    const auto at = [](Instant when) { return prometheus::Grid::at_instant(when); };
    NodeTickets tickets{context.metrics.ask({promql::either(parts), at(run.range.to)}), {}};
    if (care != Care::Samples) {
        tickets.at_start = context.metrics.ask(
            {promql::either(first_parts(run, window, site)), at(run.range.from + window)});
    }
    return tickets;
}

std::optional<SourceError> collect_nodes(const NodeTickets& tickets, NodeUses& nodes,
                                         Context& context) {
    const auto at_end = context.metrics.collect(tickets.at_end);
    if (!at_end.ok()) return at_end.error();
    read_into(nodes, at_end.value());
    if (!tickets.at_start) return std::nullopt;
    const auto at_start = context.metrics.collect(*tickets.at_start);
    if (!at_start.ok()) return at_start.error();
    read_into(nodes, at_start.value());
    return std::nullopt;
}

std::optional<Care> care_for(const NodeUses& nodes, const JobRun& run) {
    bool cut = false;
    for (const auto& [name, node] : nodes) {
        if (is_odd(node, run) || memory_is_odd(node)) return Care::Samples;
        cut = cut || (node.growth && !has_both_ends(node));
    }
    return cut ? std::optional(Care::WholeRun) : std::nullopt;
}

JobUse joined(const NodeUses& nodes, const JobRun& run, const Site& site) {
    JobUse use;
    Total cores;
    Total memory;
    Total rss;
    std::vector<double> seconds;
    Total peak;
    Total threads;
    Total rise;
    for (const auto& [name, node] : nodes) {
        const bool leapt = is_odd(node, run);
        const auto mean = leapt ? node.slope : between_ends(node);
        cores.add(mean);
        if (!leapt) peak.add(node.peak);
        threads.add(node.threads);
        // A slope is not bounded: one impossible sample would be all that it is of.
        if (node.odd == 0 && !memory_is_odd(node)) rise.add(node.rise);
        use.nodes.push_back({name, in_cores(mean), memory_of(node)});
        use.leapt = use.leapt || leapt;
        use.odd += node.odd;
        use.gpus = use.gpus || node.gpus;
        memory.add(memory_of(node));
        if (possible(node.memory_rss, metric::kMemoryRss)) rss.add(node.memory_rss);
        if (node.looks > 0) seconds.push_back(node.looks * count(look_step(run, site)));
    }
    const std::size_t all = nodes_of(run);
    use.cores = in_cores(cores.of(all));
    if (!use.leapt) use.cores_peak = in_cores(peak.of(all));
    use.threads = threads.of(all);
    use.memory_rise = rise.of(all);
    use.memory = memory.of(all);
    use.memory_rss = rss.of(all);
    use.covered =
        covered_share(seconds, {.run = run.range.length(),
                                .slack = 2 * site.exporters.job.interval + look_step(run, site),
                                .things = all});
    return use;
}

}  // namespace portal::jobstats
