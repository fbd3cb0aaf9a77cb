#include <array>

#include "handlers/graphs/time_grid.h"
#include "handlers/jobs/gpu_model.h"
#include "handlers/jobstats/graphs/job_graphs.h"
#include "handlers/sources/prometheus/exporters.h"

namespace portal::jobstats {
namespace {

using graph::Graph;
using graph::Stack;
using graph::Unit;
using promql::Expr;
using promql::Selector;
using Pcie = JobExporter::Pcie;

constexpr double kMilli = 1e-3;
constexpr double kKilo = 1000;
constexpr double kWholePercent = 100;

/// A graph of one gauge per GPU.
struct Line {
    promql::Literal metric;
    const char* slug;
    Unit unit;
    double factor;
};
constexpr std::array<Line, 4> kLines = {{
    {metric::kGpuUtilization, "gpu_utilization", Unit::Percent, 1},
    {metric::kGpuMemoryUtilization, "gpu_memory_utilization", Unit::Percent, 1},
    {metric::kGpuMemoryUsed, "gpu_memory", Unit::Bytes, 1},
    {metric::kGpuPower, "gpu_power", Unit::Watts, kMilli},
}};
constexpr std::size_t kMemoryGraph = 2;
constexpr std::size_t kPowerGraph = 3;

Expr tagged_gauge(promql::Literal metric, const GraphRequest& ask) {
    return promql::tagged(metric, gauge(of_job(metric, ask.run), ask.grid, ask.interval));
}

/// All GPU graphs in one query.
Expr question(const GraphRequest& ask) {
    std::vector<Expr> parts;
    for (const Line& line : kLines) parts.push_back(tagged_gauge(line.metric, ask));
    const Pcie pcie = ask.site.exporters.job.pcie;
    if (pcie == Pcie::Counter) {
        const Seconds window = rate_window(ask.grid, ask.interval);
        parts.push_back(
            promql::tagged(metric::kGpuPcie, of_job(metric::kGpuPcieTotal, ask.run).rate(window)));
    } else if (pcie != Pcie::None) {
        parts.push_back(tagged_gauge(metric::kGpuPcie, ask));
    }
    return joined(parts);
}

std::vector<Graph> empty_graphs() {
    std::vector<Graph> graphs;
    for (const Line& line : kLines) {
        Graph graph;
        graph.slug = line.slug;
        graph.unit = line.unit;
        graphs.push_back(std::move(graph));
    }
    Graph pcie;
    pcie.slug = "gpu_pcie";
    pcie.unit = Unit::BytesPerSecond;
    pcie.stack = Stack::Yes;
    graphs.push_back(std::move(pcie));
    return graphs;
}

void add_series(std::vector<Graph>& graphs, prometheus::Series& series, const GraphRequest& ask) {
    const std::string node =
        graph::node_of(series.label("instance"), ask.site.exporters.node.domain);
    std::vector<prometheus::Label> labels = {{"node", node},
                                             {"gpu", std::string(series.label("gpu"))}};
    const std::string metric(series.label("part"));
    if (metric == metric::kGpuPcie.text()) {
        const char* id = series.label("direction") == "TX" ? "gpu_tx" : "gpu_rx";
        const bool kilobytes = ask.site.exporters.job.pcie == Pcie::KilobytesPerSecond;
        graphs.back().series.push_back(
            graph::take(series, id, std::move(labels), kilobytes ? kKilo : 1));
        return;
    }
    for (std::size_t i = 0; i < kLines.size(); ++i) {
        if (kLines[i].metric.text() != metric) continue;
        graphs[i].series.push_back(graph::take(series, "gpu", std::move(labels), kLines[i].factor));
        return;
    }
}

/// What the samples call the GPUs.
std::vector<std::string> types_of(const prometheus::SeriesSet& set) {
    std::vector<std::string> types;
    for (const prometheus::Series& series : set.series)
        types.emplace_back(series.label("gpu_type"));
    return types;
}

void add_limits(std::vector<Graph>& graphs, const std::vector<std::string>& types,
                const GraphRequest& ask) {
    graphs[0].max = graphs[1].max = kWholePercent;
    const GpuModel* model = gpu_model(ask.run.job.allocated.gpus, types, ask.site);
    if (model == nullptr) return;
    if (model->memory_gib > 0) {
        graphs[kMemoryGraph].max = model->memory_bytes();
        graphs[kMemoryGraph].limit = graph::Limit{"gpu_memory_total", model->memory_bytes()};
    }
    if (model->power_w > 0) {
        graphs[kPowerGraph].max = model->power_w;
        graphs[kPowerGraph].limit = graph::Limit{"gpu_power_limit", model->power_w};
    }
}

}  // namespace

Result<std::vector<Graph>> gpu_graphs(const GraphRequest& ask, Context& context) {
    auto answer = context.metrics.collect(context.metrics.ask({question(ask), ask.grid}));
    if (!answer.ok()) return answer.error();
    prometheus::SeriesSet set = std::move(answer).value();
    std::vector<Graph> graphs = empty_graphs();
    const std::vector<std::string> types = types_of(set);
    for (prometheus::Series& series : set.series) add_series(graphs, series, ask);
    add_limits(graphs, types, ask);
    for (Graph& graph : graphs) {
        if (!ask.all_series) graph::fold_min_median_max(graph, graph::Worst::Lowest);
    }
    return graphs;
}

}  // namespace portal::jobstats
