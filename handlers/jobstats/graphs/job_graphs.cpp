#include "handlers/jobstats/graphs/job_graphs.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "handlers/graphs/endpoint.h"
#include "handlers/graphs/lustre_graphs.h"
#include "handlers/jobs/gpu_model.h"
#include "handlers/jobstats/graphs/memory_graph.h"
#include "handlers/jobstats/graphs/newest_sample.h"
#include "handlers/jobstats/job/power_questions.h"
#include "handlers/sources/prometheus/joining.h"

namespace portal::jobstats {
namespace {

using graph::Ask;
using graph::Detail;
using graph::Drawn;
using graph::Folding;
using graph::Graph;
using graph::Limit;
using graph::LimitOf;
using graph::Line;
using graph::LustreLines;
using graph::NodeView;
using graph::Stack;
using graph::Unit;
using graph::Worst;
namespace unit = graph::unit;
using promql::Expr;
using promql::Selector;
using Family = graph::Family<JobRun>;
using Graphs = std::vector<Graph>;
using Found = prometheus::SeriesSet;
using Pcie = JobExporter::Pcie;

constexpr std::uint32_t kMostPlainCores = 8;
constexpr std::size_t kMostPlainNodes = 8;

// How far a node or a GPU is from the others before it is worth a word.
constexpr double kPercentApart = 10;
constexpr double kBytesApart = 1U << 30U;
constexpr double kBitsApart = 1e9;
constexpr double kWattsApart = 30;

bool same_labels(const std::vector<prometheus::Label>& left,
                 const std::vector<prometheus::Label>& right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](const prometheus::Label& one, const prometheus::Label& other) {
                          return one.name == other.name && one.value == other.value;
                      });
}

Expr of_cards(const Line& line, const JobRun& run, const Ask& ask) {
    const bool power = line.metric.text() == metric::kGpuPower.text();
    return sampled(line.metric, power ? card_power(run) : of_job(line.metric, run), ask);
}

Expr of_job(const Line& line, const JobRun& run, const Ask& ask) {
    return sampled(line.metric, of_job(line.metric, run), ask);
}

bool sums_cores(const JobRun& run, const Ask& ask) {
    return ask.detail != Detail::All && run.cores() > kMostPlainCores;
}

/// Each core, or the sum of each node of a job with many. Series that differ in other labels are
/// joined when they are here.
Expr summed(const Expr& each, const JobRun& run, const Ask& ask) {
    return sums_cores(run, ask) ? promql::sum_without({"core"}, each) : each;
}

Expr cores(const Line& line, const JobRun& run, const Ask& ask) {
    return summed(of_job(line, run, ask), run, ask);
}

/// The points at which the longest look-back would begin before the run. A rate reaches out to that
/// beginning by guess; the slope of the samples there are does not.
std::optional<prometheus::Grid> first_points(const JobRun& run, const Ask& ask) {
    const Instant until = run.range.from + std::max(graph::kSeldom, ask.grid.step);
    if (ask.grid.start >= until) return std::nullopt;
    const auto points = static_cast<std::size_t>((until - ask.grid.start) / ask.grid.step) + 1;
    return prometheus::Grid{ask.grid.start, ask.grid.step, std::min(points, ask.grid.count)};
}

/// Puts the first points of each line in place of the guesses.
void replace_first(Graph& graph, const std::vector<graph::Series>& slopes, std::size_t points) {
    for (const graph::Series& slope : slopes) {
        const auto line = std::find_if(graph.series.begin(), graph.series.end(), [&](auto& one) {
            return one.id == slope.id && same_labels(one.labels, slope.labels);
        });
        if (line == graph.series.end()) continue;
        for (std::size_t at = 0; at < std::min(points, slope.values.size()); ++at) {
            line->values[at] = slope.values[at];
        }
    }
}

/// Points of the grid whose look-back begins before the run.
std::size_t points_before(Seconds window, const JobRun& run, const prometheus::Grid& grid) {
    std::size_t points = 0;
    while (points < grid.count && grid.at(points) - run.range.from < window) ++points;
    return points;
}

void finish_cores(Graph& graph, const JobRun& run, const Ask& ask) {
    if (sums_cores(run, ask)) {
        for (graph::Series& line : graph.series) line.id = "node_cores";
        graph.fold = graph::Fold{"node_sums", run.cores()};
    }
    graph.limit = Limit{"asked", static_cast<double>(run.cores())};
    graph.max = graph.limit->value;
}

Result<Drawn> draw_cores(const Family& family, const JobRun& run, const Ask& ask,
                         Context& context) {
    const auto asked = family.ask_lines(run, ask, context);
    const auto first = first_points(run, ask);
    std::optional<graph::Asked> slopes;
    if (first) {
        const Seconds window = std::max(graph::kSeldom, ask.grid.step);
        const Expr each = of_job(metric::kCoreUsage, run).slope(window);
        const std::array<graph::Part, 1> part = {{{"core", summed(each, run, ask)}}};
        slopes = graph::ask_parts(part, *first, context);
    }
    const auto newest = ask_newest(run, ask, context);
    auto found = family.collect_lines(asked, run, ask, context);
    if (!found.ok()) return found.error();
    graph::Lines lines = std::move(found).value();
    Drawn drawn{sort_parts(family.graphs, lines.set, ask.site)};
    Graph& graph = named(drawn.graphs, "cpu");
    if (slopes) {
        auto early = collect_parts(*slopes, context);
        if (!early.ok()) return early.error();
        prometheus::SeriesSet set = std::move(early).value();
        replace_first(graph, sort_parts(family.graphs, set, ask.site).front().series,
                      points_before(lines.window, run, ask.grid));
    }
    finish_cores(graph, run, ask);
    drawn.newest = collect_newest(newest, context);
    return drawn;
}

bool sums_memory(const JobRun& run, const Ask& ask) {
    return ask.detail == Detail::Summary && run.job.nodes.size() > kMostPlainNodes;
}

/// Memory of each node; what is not told by node is summed over those of a large job.
Expr memory(const Line& line, const JobRun& run, const Ask& ask) {
    const Expr each = of_job(line, run, ask);
    return line.id != kMemoryByNode && sums_memory(run, ask) ? promql::sum(promql::each_node(each))
                                                             : each;
}

void finish_mem(Graphs& graphs, const Found& /*found*/, const JobRun& /*run*/, const Ask& ask) {
    finish_memory(named(graphs, "mem"), ask.detail);
}

bool with_gpus(const JobRun& run, const Site& /*site*/) {
    return run.has_gpus() || run.gpus_unknown;
}

template <Pcie unit>
bool has_pcie(const Site& site) {
    return site.exporters.job.pcie == unit;
}

std::string pcie_id(const prometheus::Series& series) {
    return series.label("direction") == "TX" ? "gpu_tx" : "gpu_rx";
}

Line pcie(const metric::Metric& metric, bool (*known)(const Site&)) {
    return {.part = "pcie", .metric = metric, .id_of = &pcie_id, .known = known};
}

void set_limit(Graph& graph, const char* id, double value) {
    if (value <= 0) return;
    graph.max = value;
    graph.limit = Limit{id, value};
}

/// What the model can do, as the samples or Slurm name it.
void finish_gpus(Graphs& graphs, const Found& found, const JobRun& run, const Ask& ask) {
    std::vector<std::string> types;
    for (const auto& series : found.series) types.emplace_back(series.label("gpu_type"));
    const GpuModel* model = gpu_model(run.job.allocated.gpus, types, ask.site);
    if (model == nullptr) return;
    set_limit(named(graphs, "gpu_memory"), "gpu_memory_total", model->memory_bytes());
    set_limit(named(graphs, "gpu_power"), "gpu_power_limit", model->power_w);
}

Expr lustre(const Line& line, const JobRun& run, const Ask& ask) {
    const Selector series = Selector(line.metric).eq("jobid", run.id_text());
    return lustre_question(line, LustreLines::Operations, series, ask);
}

Selector of_nodes(const metric::Metric& metric, const JobRun& run, const Ask& ask) {
    return Selector(metric).host_one_of("instance", hosts_of(run, ask.site, ""));
}

Expr network(const Line& line, const JobRun& run, const Ask& ask) {
    return sampled(line.metric, of_nodes(line.metric, run, ask), ask);
}

/// Traffic of the local disks; space that is taken on the scratch file system.
Expr disk(const Line& line, const JobRun& run, const Ask& ask) {
    const NodeExporter& node = ask.site.exporters.node;
    const auto space = [&](const metric::Metric& metric) {
        return promql::max_by(
            {"instance", "device"},
            sampled(metric, of_nodes(metric, run, ask).eq("mountpoint", node.scratch_mount), ask));
    };
    if (line.metric.kind == metric::Kind::Gauge) {
        return promql::minus_on({"instance", "device"}, space(line.metric),
                                space(metric::kFilesystemAvailable));
    }
    return sampled(line.metric, of_nodes(line.metric, run, ask).one_of("device", node.disk_devices),
                   ask);
}

Result<Drawn> draw_power(const Family& family, const JobRun& run, const Ask& ask,
                         Context& context) {
    auto found = collect_power(ask_power(run, ask.range, context), run, context);
    if (!found.ok()) return found.error();
    JobPower power = std::move(found).value();
    Drawn drawn{blank_graphs(family.graphs)};
    Graph& graph = named(drawn.graphs, "power");
    for (auto& [node, watts] : power.watts) {
        graph.series.push_back({"node_power", {{"node", node}}, std::move(watts), {}});
    }
    return drawn;
}

/// A graph of one gauge per GPU; `apart` as in NodeView.
graph::Row of_gpus(std::string_view slug, Unit unit, promql::Literal part,
                   const metric::Metric& metric, double apart) {
    graph::Row row{.slug = slug,
                   .unit = unit,
                   .lines = {{part, metric, "gpu"}},
                   .labels = {"node", "gpu"},
                   .folding = Folding::MinMedianMaxAndLowest,
                   .by_node = NodeView{.apart = apart, .limit = LimitOf::Each}};
    if (unit.word == unit::kPercent.word) row.max = unit.per_base;
    return row;
}

Family gpus() {
    return {
        .slug = "gpu",
        .section = "gpu",
        .exporter = &graph::exporter<&Exporters::job>,
        .graphs = {of_gpus("gpu_utilization", unit::kPercent, "cycles", metric::kGpuUtilization,
                           kPercentApart),
                   of_gpus("gpu_memory_utilization", unit::kPercent, "memory_cycles",
                           metric::kGpuMemoryUtilization, kPercentApart),
                   of_gpus("gpu_memory", unit::kBytes, "memory", metric::kGpuMemoryUsed,
                           kBytesApart),
                   of_gpus("gpu_power", unit::kWatts, "power", metric::kGpuPower, kWattsApart),
                   {.slug = "gpu_pcie",
                    .unit = unit::kBytesPerSecond,
                    .stack = Stack::Yes,
                    .lines = {pcie(metric::kGpuPcie, &has_pcie<Pcie::BytesPerSecond>),
                              pcie(metric::kGpuPcieKilobytes, &has_pcie<Pcie::KilobytesPerSecond>),
                              pcie(metric::kGpuPcieTotal, &has_pcie<Pcie::Counter>)},
                    .labels = {"node", "gpu"},
                    .folding = Folding::MinMedianMaxAndLowest,
                    .by_node = NodeView{.worst = Worst::Highest, .apart = kBytesApart}}},
        .question = &of_cards,
        .finish = &finish_gpus,
        .fits = &with_gpus};
}

Family watts() {
    return {.slug = "power",
            .section = "power",
            .exporter = &graph::exporter<&Exporters::power>,
            .graphs = {{.slug = "power",
                        .unit = unit::kWatts,
                        .stack = Stack::Yes,
                        .folding = Folding::MinMedianMaxAndHighest,
                        .by_node = NodeView{.apart = kWattsApart}}},
            .draw = &draw_power,
            .fits = &with_power};
}

/// A graph of nodes and their devices.
graph::Row of_devices(std::string_view slug, Unit unit, std::vector<Line> lines,
                      std::optional<NodeView> by_node = {}) {
    return {.slug = slug,
            .unit = unit,
            .lines = std::move(lines),
            .labels = {"node", "device", "port"},
            .folding = Folding::MinMedianMaxAndHighest,
            .by_node = by_node};
}

constexpr Seconds kLastSamplesArrive = std::chrono::minutes{10};
constexpr RangePresets kWholeRun = {};

Result<JobRun> find_run(const Visit& visit, Context& context) {
    const auto found = find_attempts(visit, context);
    if (!found.ok()) return found.error();
    return run_of(found.value().job(), context.site, context.clock.now());
}

/// Why there are no samples.
std::vector<graph::Notice> notices_of(Coverage coverage) {
    constexpr std::array kReasons = {
        "", "not_started", "short_job", "past_retention", "not_measured", "times_unknown"};
    if (coverage == Coverage::Sampled) return {};
    return {{kReasons.at(static_cast<std::size_t>(coverage)), {}}};
}

graph::State state_of(const JobRun& run, const Site& /*site*/, Instant now) {
    const slurm::Job& job = run.job;
    return {.whole = run.range,
            .running = run.running,
            .sampled = run.sampled(),
            .notices = notices_of(run.coverage),
            .version = std::to_string(job.db_index) + ' ' + std::to_string(job.state_number) + ' ' +
                       std::to_string(job.ended ? unix_seconds(*job.ended) : 0),
            .settled = !run.running && run.range.to + kLastSamplesArrive < now};
}

}  // namespace

const graph::Families<JobRun>& job_families() {
    static const graph::Families<JobRun> kFamilies = {
        {.slug = "cpu",
         .section = "cpu",
         .exporter = &graph::exporter<&Exporters::job>,
         .graphs = {{.slug = "cpu",
                     .unit = unit::kCores,
                     .stack = Stack::Yes,
                     .lines = {{"core", metric::kCoreUsage}},
                     .labels = {"node", "core"},
                     .by_node = NodeView{.apart = 1}}},
         .question = &cores,
         .draw = &draw_cores},
        {.slug = "mem",
         .section = "memory",
         .exporter = &graph::exporter<&Exporters::job>,
         .graphs = {{.slug = "mem",
                     .unit = unit::kBytes,
                     .lines = memory_lines(),
                     .labels = {"node"},
                     .by_node = NodeView{.apart = kBytesApart, .id = kMemoryByNode}}},
         .question = &memory,
         .finish = &finish_mem},
        gpus(),
        {.slug = "lustre",
         .section = "files",
         .exporter = &graph::exporter<&Exporters::lustre>,
         .graphs = graph::lustre_rows(LustreLines::Operations),
         .question = &lustre},
        {.slug = "network",
         .section = "node",
         .exporter = &graph::exporter<&Exporters::node>,
         .graphs = {of_devices("infiniband_bdw", unit::kBitsPerSecond,
                               {{"received", metric::kInfinibandReceived},
                                {"transmitted", metric::kInfinibandTransmitted}},
                               NodeView{.worst = Worst::Highest, .apart = kBitsApart})},
         .question = &network},
        {.slug = "disk",
         .section = "node",
         .exporter = &graph::exporter<&Exporters::node>,
         .graphs = {of_devices(
                        "disk_iops", unit::kOperationsPerSecond,
                        {{"disk_reads", metric::kDiskReads}, {"disk_writes", metric::kDiskWrites}}),
                    of_devices("disk_bdw", unit::kBytesPerSecond,
                               {{"disk_read", metric::kDiskReadBytes},
                                {"disk_written", metric::kDiskWrittenBytes}}),
                    of_devices("disk_used", unit::kBytes,
                               {{"disk_used", metric::kFilesystemSize}})},
         .question = &disk},
        watts(),
    };
    return kFamilies;
}

Response job_graph(const Visit& visit, Context& context) {
    const graph::Page<JobRun> page{job_families(), kWholeRun, &find_run, &state_of};
    return graph::answer(page, visit.captures.graph, visit, context);
}

}  // namespace portal::jobstats
