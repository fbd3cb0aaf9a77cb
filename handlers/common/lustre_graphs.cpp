#include "handlers/common/lustre_graphs.h"

#include "handlers/common/time_grid.h"
#include "handlers/sources/prometheus/exporters.h"

namespace portal {
namespace {

using graph::Graph;
using promql::Expr;
using promql::Selector;

Expr question(const LustreOwner& owner, Seconds window) {
    const auto bytes = [&](promql::Literal metric) {
        const Selector selector = Selector(metric)
                                      .eq(owner.label, owner.value)
                                      .eq("component", "ost")
                                      .matches("target", ".*-OST.*");
        return promql::sum_by({"fs"}, selector.rate(window));
    };
    const Expr operations = promql::sum_by({"operation", "fs"}, Selector(metric::kLustreOperations)
                                                                    .eq(owner.label, owner.value)
                                                                    .eq("component", "mdt")
                                                                    .rate(window));
    return promql::either({promql::tagged("operations", operations),
                           promql::tagged("read", bytes(metric::kLustreRead)),
                           promql::tagged("write", bytes(metric::kLustreWrite))});
}

/// The labels a line has; those that the site's exporter does not send are left out.
std::vector<prometheus::Label> labels_of(const prometheus::Series& series) {
    std::vector<prometheus::Label> labels;
    for (const char* name : {"operation", "fs"}) {
        if (!series.label(name).empty()) labels.push_back({name, std::string(series.label(name))});
    }
    return labels;
}

}  // namespace

Result<std::vector<Graph>> lustre_graphs_of(const LustreOwner& owner, const prometheus::Grid& grid,
                                            Seconds interval, Context& context) {
    const Expr query = question(owner, rate_window(grid, interval));
    auto answer = context.metrics.collect(context.metrics.ask({query, grid}));
    if (!answer.ok()) return answer.error();
    prometheus::SeriesSet set = std::move(answer).value();
    Graph metadata;
    metadata.slug = "lustre_mdt";
    metadata.unit = graph::Unit::OperationsPerSecond;
    metadata.stack = graph::Stack::Yes;
    Graph bandwidth;
    bandwidth.slug = "lustre_ost";
    bandwidth.unit = graph::Unit::BytesPerSecond;
    for (prometheus::Series& series : set.series) {
        const std::string part(series.label("part"));
        Graph& graph = part == "operations" ? metadata : bandwidth;
        graph.series.push_back(graph::take(series, part, labels_of(series), 1));
    }
    graph::drop_zeros(metadata.series);
    graph::drop_zeros(bandwidth.series);
    return std::vector<Graph>{std::move(metadata), std::move(bandwidth)};
}

}  // namespace portal
