#include "handlers/jobstats/job/power_questions.h"

namespace portal::jobstats {
namespace {

using promql::Expr;
using promql::Selector;

constexpr Seconds kNodeLookBack = std::chrono::hours{1};

using Parts = std::vector<graph::Part>;

Expr by_node(const Expr& inner) {
    return promql::count_by({"instance"}, inner);
}

Parts shares_parts(const JobRun& run, const Site& site) {
    const Seconds whole = run.range.length();
    const Seconds recent = std::min(whole, kNodeLookBack);
    const auto hosts = hosts_of(run, site, "");
    // A core or GPU counts once, though it has a series for each account the exporter writes.
    const Expr cores =
        promql::count_by({"instance", "core"}, of_job(metric::kCoreUsage, run).present_over(whole));
    const Selector node_cores =
        Selector(metric::kNodeCpu).eq("mode", "idle").host_one_of("instance", hosts);
    Parts parts = {{"job_cores", by_node(cores)},
                   {"node_cores", by_node(node_cores.present_over(recent))}};
    if (!run.has_gpus()) return parts;
    const Expr gpus = promql::count_by({"instance", "gpu"}, card_power(run).present_over(whole));
    const Selector node_gpus = Selector(metric::kNodeGpuPower).host_one_of("instance", hosts);
    parts.push_back({"job_gpus", by_node(gpus)});
    parts.push_back({"node_gpus", by_node(node_gpus.present_over(recent))});
    return parts;
}

Parts samples_parts(const JobRun& run, const Site& site, const prometheus::Grid& grid) {
    const Exporters& exporters = site.exporters;
    const auto sum = [](const Expr& inner) { return promql::sum_by({"instance"}, inner); };
    const Selector chassis =
        Selector(promql::MetricName::parse(exporters.power.metric).value())
            .host_one_of("instance", hosts_of(run, site, exporters.power.suffix));
    Parts parts = {{"chassis", sum(gauge(chassis, grid, exporters.power.interval))}};
    if (!run.has_gpus()) return parts;
    const Selector node_gpus =
        Selector(metric::kNodeGpuPower).host_one_of("instance", hosts_of(run, site, ""));
    const Expr job_gpus =
        promql::max_by({"instance", "gpu"}, gauge(card_power(run), grid, exporters.job.interval));
    parts.push_back({"node_gpus", sum(gauge(node_gpus, grid, exporters.gpu.interval))});
    parts.push_back({"job_gpus", sum(job_gpus)});
    return parts;
}

/// The node an instance label speaks of.
std::string node_of(const prometheus::Series& series, const Site& site) {
    std::string node = graph::node_of(series.label("instance"), site.exporters.node.domain);
    const std::string& suffix = site.exporters.power.suffix;
    const bool controller = series.label("part") == "chassis" && !suffix.empty();
    if (controller && node.ends_with(suffix)) node.resize(node.size() - suffix.size());
    return node;
}

std::map<std::string, NodeShare> read_shares(const prometheus::SeriesSet& answer,
                                             const Site& site) {
    std::map<std::string, NodeShare> shares;
    for (const prometheus::Series& series : answer.series) {
        NodeShare& share = shares[node_of(series, site)];
        const double value = series.values.at(0);
        const auto part = series.label("part");
        if (part == "job_cores") share.job_cores = value;
        if (part == "node_cores") share.node_cores = value / site.threads_per_core;
        if (part == "job_gpus") share.job_gpus = value;
        if (part == "node_gpus") share.node_gpus = value;
    }
    return shares;
}

/// Cores and GPUs that Slurm allocated, where the exporter did not see them: exact on one node.
void fill_from_slurm(std::map<std::string, NodeShare>& shares, const JobRun& run) {
    const auto nodes = static_cast<double>(run.job.nodes.size());
    for (const std::string& node : run.job.nodes) {
        NodeShare& share = shares[node];
        if (share.job_cores == 0) share.job_cores = run.cores() / nodes;
        if (share.job_gpus == 0) share.job_gpus = run.job.allocated.gpus.count / nodes;
    }
}

PowerSamples read_samples(prometheus::SeriesSet answer, const Site& site) {
    PowerSamples samples{.grid = answer.grid, .chassis = {}, .node_gpus = {}, .job_gpus = {}};
    for (prometheus::Series& series : answer.series) {
        const std::string node = node_of(series, site);
        const auto part = series.label("part");
        if (part == "chassis") {
            samples.chassis[node] = std::move(series.values);
            continue;
        }
        const bool whole_node = part == "node_gpus";
        const metric::Metric& power = whole_node ? metric::kNodeGpuPower : metric::kGpuPower;
        for (double& value : series.values) value = power.base(value);
        ByNode& gpus = whole_node ? samples.node_gpus : samples.job_gpus;
        gpus[node] = std::move(series.values);
    }
    return samples;
}

}  // namespace

Selector card_power(const JobRun& run) {
    return of_job(metric::kGpuPower, run).matches("gpu", "([^M].*)?");
}

bool with_power(const JobRun& run, const Site& site) {
    const bool parts =
        site.exporters.job.enabled && (!run.has_gpus() || site.exporters.gpu.enabled);
    return site.exporters.power.enabled && parts;
}

PowerTickets ask_power(const JobRun& run, TimeRange range, Context& context) {
    const prometheus::Grid grid = grid_for(range, context.site.exporters.power.interval);
    return {
        .grid = grid,
        .shares = graph::ask_parts(shares_parts(run, context.site),
                                   prometheus::Grid::at_instant(run.range.to), context),
        .samples = graph::ask_parts(samples_parts(run, context.site, grid), grid, context),
    };
}

Result<JobPower> collect_power(const PowerTickets& tickets, const JobRun& run, Context& context) {
    auto shares_answer = collect_parts(tickets.shares, context);
    auto samples_answer = collect_parts(tickets.samples, context);
    if (!samples_answer.ok()) return samples_answer.error();
    if (!shares_answer.ok()) return shares_answer.error();
    auto shares = read_shares(shares_answer.value(), context.site);
    fill_from_slurm(shares, run);
    const PowerSamples samples = read_samples(std::move(samples_answer).value(), context.site);
    return JobPower{tickets.grid, attribute_power(samples, shares, run.has_gpus())};
}

}  // namespace portal::jobstats
