#include "handlers/graphs/lustre_graphs.h"

#include "handlers/graphs/time_grid.h"
#include "handlers/sources/prometheus/exporters.h"

namespace portal {
namespace {

using graph::Graph;
using promql::Expr;
using promql::Selector;

Expr question(const LustreOwner& owner, LustreLines lines, Seconds window) {
    const bool users = lines == LustreLines::Users;
    const auto bytes = [&](promql::Literal metric) {
        const Expr rate = Selector(metric)
                              .eq(owner.label, owner.value)
                              .eq("component", "ost")
                              .matches("target", ".*-OST.*")
                              .rate(window);
        return users ? promql::sum_by({"fs", "user"}, rate) : promql::sum_by({"fs"}, rate);
    };
    const Expr rate = Selector(metric::kLustreOperations)
                          .eq(owner.label, owner.value)
                          .eq("component", "mdt")
                          .rate(window);
    const Expr operations =
        users ? promql::sum_by({"user", "fs"}, rate) : promql::sum_by({"operation", "fs"}, rate);
    return promql::either({promql::tagged("operations", operations),
                           promql::tagged("read", bytes(metric::kLustreRead)),
                           promql::tagged("write", bytes(metric::kLustreWrite))});
}

/// The labels a line has, in the order of its name; those that the site's exporter does not send
/// are left out.
std::vector<prometheus::Label> labels_of(const prometheus::Series& series, bool metadata) {
    std::vector<prometheus::Label> labels;
    const auto add = [&](const char* name) {
        if (!series.label(name).empty()) labels.push_back({name, std::string(series.label(name))});
    };
    add("operation");
    if (metadata) add("user");
    add("fs");
    if (!metadata) add("user");
    return labels;
}

std::string id_of(const prometheus::Series& series, LustreLines lines) {
    const std::string part(series.label("part"));
    if (lines == LustreLines::Operations) return part;
    const bool named = !series.label("user").empty();
    if (part == "operations") return named ? "user" : "other";
    return named ? part : part + "_other";
}

}  // namespace

Result<std::vector<Graph>> lustre_graphs_of(const LustreOwner& owner, LustreLines lines,
                                            const prometheus::Grid& grid, Seconds interval,
                                            Context& context) {
    const Expr query = question(owner, lines, rate_window(grid, interval));
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
        const bool of_metadata = series.label("part") == "operations";
        Graph& graph = of_metadata ? metadata : bandwidth;
        graph.series.push_back(
            graph::take(series, id_of(series, lines), labels_of(series, of_metadata), 1));
    }
    graph::drop_zeros(metadata.series);
    graph::drop_zeros(bandwidth.series);
    return std::vector<Graph>{std::move(metadata), std::move(bandwidth)};
}

}  // namespace portal
