#include "handlers/jobstats/graphs/job_graphs.h"

#include <array>

#include "handlers/graphs/endpoint.h"
#include "handlers/graphs/lustre_graphs.h"
#include "handlers/jobs/gpu_model.h"
#include "handlers/jobstats/graphs/core_graph.h"
#include "handlers/jobstats/graphs/memory_graph.h"
#include "handlers/jobstats/graphs/network_graph.h"
#include "handlers/jobstats/graphs/program_graph.h"
#include "handlers/jobstats/run/power_questions.h"

namespace portal::jobstats {
namespace {

using namespace graph;
using promql::Expr;
using promql::Selector;
using Pcie = JobExporter::Pcie;

// How far a node or a GPU is from the others before it is worth a word.
constexpr double kPercentApart = 10;
constexpr double kWattsApart = 30;

Expr of_cards(const Line& line, const JobRun& run, const Ask& ask) {
    const bool power = line.metric.text() == metric::kGpuPower.text();
    return sampled(line.metric, power ? card_power(run) : of_job(line.metric, run), ask);
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

/// What the model can do, as the samples or Slurm name it.
Finish finish_gpus(const JobRun& run, const Ask& ask, Context& /*context*/) {
    return [&](Drawn drawn, const Lines& lines) {
        std::vector<std::string> types;
        for (const auto& series : lines.set.series) types.emplace_back(series.label("gpu_type"));
        const GpuModel* model = gpu_model(run.job.allocated.gpus, types, ask.site);
        if (model == nullptr) return drawn;
        set_limit(drawn.named("gpu_memory"), "gpu_memory_total", model->memory_bytes());
        set_limit(drawn.named("gpu_power"), "gpu_power_limit", model->power_w);
        return drawn;
    };
}

Selector lustre_of(const metric::Metric& metric, const JobRun& run) {
    return Selector(metric).eq("jobid", run.id_text());
}

Selector of_nodes(const metric::Metric& metric, const JobRun& run, const Ask& ask) {
    return Selector(metric).host_one_of("instance", hosts_of(run, ask.site, ""));
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

Finish finish_power(const JobRun& run, const Ask& ask, Context& context) {
    return [&, asked = ask_power(run, ask.range, context)](Drawn drawn,
                                                           const Lines&) -> Result<Drawn> {
        auto found = collect_power(asked, run, context);
        if (!found.ok()) return found.error();
        JobPower power = std::move(found).value();
        for (auto& [node, watts] : power.watts) {
            drawn.graphs.front().series.push_back(
                {"node_power", {{"node", node}}, std::move(watts), {}});
        }
        return drawn;
    };
}

/// A graph of one gauge per GPU; `apart` as in NodeView.
Row of_gpus(const std::string& slug, Unit unit, promql::Literal part, const metric::Metric& metric,
            double apart) {
    Row row{.slug = slug,
            .unit = unit,
            .lines = {{part, metric, "gpu"}},
            .labels = {"node", "gpu"},
            .fold = &fold_to_worst<Worst::Lowest>,
            .by_node = NodeView{.apart = apart, .limit = LimitOf::Each}};
    if (unit.word == unit::kPercent.word) row.max = unit.per_base;
    return row;
}

Family<JobRun> gpus() {
    return {
        .slug = "gpu",
        .section = "gpu",
        .exporter = &exporter<&Exporters::job>,
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
                    .fold = &fold_to_worst<Worst::Lowest>,
                    .by_node = NodeView{.worst = Worst::Highest, .apart = kBytesApart}}},
        .question = &of_cards,
        .beside = &finish_gpus,
        .fits = &with_gpus};
}

Family<JobRun> watts() {
    return {.slug = "power",
            .section = "power",
            .exporter = &exporter<&Exporters::power>,
            .graphs = {{.slug = "power",
                        .unit = unit::kWatts,
                        .stack = Stack::Yes,
                        .fold = &fold_to_worst<Worst::Highest>,
                        .by_node = NodeView{.apart = kWattsApart},
                        .made = {"node_power"}}},
            .beside = &finish_power,
            .fits = &with_power};
}

/// A graph of nodes and their devices.
Row of_devices(const std::string& slug, Unit unit, std::vector<Line> lines) {
    return {.slug = slug,
            .unit = unit,
            .lines = std::move(lines),
            .labels = {"node", "device"},
            .fold = &fold_to_worst<Worst::Highest>};
}

constexpr RangePresets kWholeRun = {};

Result<JobRun> find_run(const Visit& visit, Context& context) {
    const auto found = find_attempts(visit, context);
    if (!found.ok()) return found.error();
    return run_of(found.value().job(), context.site, context.clock.now());
}

/// Why there are no samples.
std::vector<Notice> notices_of(Coverage coverage) {
    constexpr std::array<NoticeKey, 5> kReasons = {"not_started", "short_job", "past_retention",
                                                   "not_measured", "times_unknown"};
    if (coverage == Coverage::Sampled) return {};
    return {{kReasons.at(static_cast<std::size_t>(coverage) - 1), {}}};
}

State state_of(const JobRun& run, const Site& /*site*/, Instant now) {
    const slurm::Job& job = run.job;
    return {.whole = run.range,
            .running = run.running,
            .sampled = run.sampled(),
            .notices = notices_of(run.coverage),
            .version = std::to_string(job.db_index) + ' ' + std::to_string(job.state_number) + ' ' +
                       std::to_string(job.ended ? unix_seconds(*job.ended) : 0),
            .settled = !run.running && run.range.to + prometheus::kLastSamplesArrive < now};
}

Families<JobRun> families() {
    return {
        core_family(),
        memory_family(),
        program_family(),
        gpus(),
        lustre_family<JobRun, LustreLines::Operations, &lustre_of>(),
        network_family(),
        {.slug = "disk",
         .section = "node",
         .exporter = &exporter<&Exporters::node>,
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
}

}  // namespace

const Page<JobRun>& job_graphs() {
    static const Page<JobRun> kPage = {families(), kWholeRun, &find_run, &state_of};
    return kPage;
}

bool is_graph_anchor(std::string_view id) {
    for (const Family<JobRun>& family : job_graphs().families) {
        if (family.section == id) return true;
        for (const Row& row : family.graphs) {
            if (id == "graph-" + row.slug) return true;
        }
    }
    return false;
}

}  // namespace portal::jobstats
