#include "handlers/jobstats/run/power_questions.h"

#include <algorithm>
#include <array>

#include "handlers/sources/prometheus/joining.h"

namespace portal::jobstats {
namespace {

using promql::Expr;
using promql::Selector;

constexpr Seconds kNodeLookBack = std::chrono::hours{1};

using Parts = std::vector<graph::Part>;

Expr count_by_node(const Expr& inner) {
    return promql::count_by({"instance"}, inner);
}

/// Each GPU of the node once, whoever measures it.
Expr by_card(const Expr& inner, promql::Literal number) {
    return promql::max_by({"instance", "card"}, promql::with_card(inner, number));
}

constexpr promql::Literal kCardOfNode = "minor_number";
constexpr promql::Literal kCardOfJob = "gpu";

Parts shares_parts(const JobRun& run, const Site& site) {
    const Seconds whole = run.range.length();
    const Seconds recent = std::min(whole, kNodeLookBack);
    const auto hosts = hosts_of(run, site, "");
    // A core or GPU counts once, though it has a series for each account the exporter writes.
    const Expr cores =
        promql::count_by({"instance", "core"}, of_job(metric::kCoreUsage, run).present_over(whole));
    const Selector idle =
        Selector(metric::kNodeCpu).eq("mode", "idle").host_one_of("instance", hosts);
    const Expr node_cores = promql::count_by({"instance", "cpu"}, idle.present_over(recent));
    Parts parts = {{"job_cores", count_by_node(cores)}, {"node_cores", count_by_node(node_cores)}};
    if (run.has_gpus()) return parts;
    const Expr own = of_job(metric::kGpuPower, run).present_over(whole);
    parts.push_back({"job_gpus", count_by_node(own)});
    return parts;
}

graph::Part own_gpus(const JobRun& run, const Site& site, const prometheus::Grid& grid) {
    const Expr own = gauge(card_power(run), grid, site.exporters.job.interval);
    return {"job_gpus", promql::sum_by({"instance"}, by_card(own, kCardOfJob))};
}

/// A controller may tell of the whole node and of its parts under one name: the whole is the
/// largest. The site says if it has meters that add up, as of two chassis.
Expr of_controller(const Expr& chassis, const PowerExporter& exporter) {
    const auto meter = promql::LabelName::parse(exporter.meter);
    if (!meter) return promql::max_by({"instance"}, chassis);
    const Expr each = promql::max_by({"instance", "meter"}, promql::with_meter(chassis, *meter));
    return promql::sum_by({"instance"}, each);
}

/// The GPUs of the nodes are asked for whether the job has some or not: a job without them
/// does not answer for those of its node.
Parts samples_parts(const JobRun& run, const Site& site, const prometheus::Grid& grid) {
    const Exporters& exporters = site.exporters;
    const Selector chassis =
        Selector(promql::MetricName::parse(exporters.power.metric).value(), metric::kChassisPower)
            .host_one_of("instance", hosts_of(run, site, exporters.power.suffix));
    const Expr whole =
        of_controller(gauge(chassis, grid, exporters.power.interval), exporters.power);
    Parts parts = {{"chassis", whole}};
    if (exporters.gpu.enabled) {
        const Selector node_gpus =
            Selector(metric::kNodeGpuPower).host_one_of("instance", hosts_of(run, site, ""));
        const Expr of_node = gauge(node_gpus, grid, exporters.gpu.interval);
        parts.push_back({"node_gpus", promql::sum_by({"instance"}, by_card(of_node, kCardOfNode))});
    }
    if (run.has_gpus()) parts.push_back(own_gpus(run, site, grid));
    return parts;
}

/// The node an instance label speaks of, in the spelling of all of them.
std::string node_of(const prometheus::Series& series, const Site& site) {
    std::string node = graph::node_key(series.label("instance"));
    const std::string suffix = graph::node_key(site.exporters.power.suffix);
    const bool controller = series.label("part") == "chassis" && !suffix.empty();
    if (controller && node.ends_with(suffix)) node.resize(node.size() - suffix.size());
    return node;
}

/// The node under several names is one.
void keep_larger(double& kept, double value) {
    if (value > kept) kept = value;
}

std::map<std::string, NodeShare> read_shares(const prometheus::SeriesSet& answer,
                                             const Site& site) {
    std::map<std::string, NodeShare> shares;
    for (const prometheus::Series& series : answer.series) {
        NodeShare& share = shares[node_of(series, site)];
        const double value = series.values.at(0);
        const auto part = series.label("part");
        if (part == "job_cores") keep_larger(share.job_cores, value);
        if (part == "node_cores") keep_larger(share.node_cores, value / site.threads_per_core);
        if (part == "job_gpus") share.has_gpus = true;
    }
    return shares;
}

/// As many cores as Slurm allocated, spread over the nodes as the exporter saw them: threads count
/// twice there, and a cgroup that is not bound to cores shows all of the node.
void fit_to_slurm(std::map<std::string, NodeShare>& shares, const JobRun& run) {
    const auto nodes = static_cast<double>(run.job.nodes.size());
    double seen = 0;
    for (const std::string& node : run.job.nodes) {
        NodeShare& share = shares[graph::node_key(node)];
        if (share.job_cores == 0) share.job_cores = run.cores() / nodes;
        seen += share.job_cores;
        share.has_gpus = share.has_gpus || run.has_gpus();
    }
    if (run.cores() == 0) return;
    for (auto& [node, share] : shares) share.job_cores *= run.cores() / seen;
}

void read_samples(prometheus::SeriesSet answer, const Site& site, PowerSamples& samples) {
    for (prometheus::Series& series : answer.series) {
        const std::string node = node_of(series, site);
        const auto part = series.label("part");
        if (part == "chassis") {
            graph::keep_largest(samples.chassis[node], series.values);
            continue;
        }
        const bool whole_node = part == "node_gpus";
        const metric::Metric& power = whole_node ? metric::kNodeGpuPower : metric::kGpuPower;
        for (double& value : series.values) value = power.base(value);
        ByNode& gpus = whole_node ? samples.node_gpus : samples.job_gpus;
        graph::keep_largest(gpus[node], series.values);
    }
}

ByNode named_as_in_slurm(ByNode watts, const JobRun& run) {
    ByNode named;
    for (const std::string& node : run.job.nodes) {
        const auto found = watts.find(graph::node_key(node));
        if (found == watts.end()) continue;
        named.emplace(node, std::move(found->second));
        watts.erase(found);
    }
    named.merge(watts);
    return named;
}

}  // namespace

Selector card_power(const JobRun& run) {
    return promql::of_whole_cards(of_job(metric::kGpuPower, run));
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
        .own_gpus = run.has_gpus(),
    };
}

Result<JobPower> collect_power(const PowerTickets& tickets, const JobRun& run, Context& context) {
    auto shares_answer = collect_parts(tickets.shares, context);
    auto samples_answer = collect_parts(tickets.samples, context);
    if (!samples_answer.ok()) return samples_answer.error();
    if (!shares_answer.ok()) return shares_answer.error();
    auto shares = read_shares(shares_answer.value(), context.site);
    fit_to_slurm(shares, run);
    PowerSamples samples{.grid = tickets.grid, .chassis = {}, .node_gpus = {}, .job_gpus = {}};
    read_samples(std::move(samples_answer).value(), context.site, samples);
    const bool has_gpus = std::any_of(shares.begin(), shares.end(),
                                      [](const auto& one) { return one.second.has_gpus; });
    if (has_gpus && !tickets.own_gpus && context.site.exporters.gpu.enabled) {
        const std::array own = {own_gpus(run, context.site, tickets.grid)};
        auto answer = collect_parts(graph::ask_parts(own, tickets.grid, context), context);
        if (!answer.ok()) return answer.error();
        read_samples(std::move(answer).value(), context.site, samples);
    }
    ByNode watts = attribute_power(samples, shares);
    return JobPower{tickets.grid, named_as_in_slurm(std::move(watts), run)};
}

}  // namespace portal::jobstats
