#include "handlers/graphs/lustre_graphs.h"

namespace portal::graph {
namespace {

constexpr promql::Literal kOperations = "operations";

std::string user_id(const prometheus::Series& series) {
    const bool named = !series.label("user").empty();
    const std::string part(series.label("part"));
    if (part == kOperations.text()) return named ? "user" : "other";
    return named ? part : part + "_other";
}

}  // namespace

promql::Expr each_target(const promql::Expr& rate) {
    return promql::max_by({"fs", "target", "jobid", "operation", "user"}, rate);
}

std::vector<Row> lustre_rows(LustreLines lines) {
    const bool users = lines == LustreLines::Users;
    const auto line = [&](promql::Literal part, const metric::Metric& metric) {
        Line one{part, metric};
        if (users) one.id_of = &user_id;
        return one;
    };
    const Folding folding = users ? Folding::Largest : Folding::None;
    return {{.slug = "lustre_mdt",
             .unit = unit::kOperationsPerSecond,
             .stack = Stack::Yes,
             .lines = {line(kOperations, metric::kLustreOperations)},
             .labels = {"operation", "user", "fs"},
             .folding = folding,
             .zeros = Zeros::Dropped},
            {.slug = "lustre_ost",
             .unit = unit::kBytesPerSecond,
             .lines = {line("read", metric::kLustreRead), line("write", metric::kLustreWrite)},
             .labels = {"fs", "user"},
             .folding = folding,
             .zeros = Zeros::Dropped}};
}

promql::Expr lustre_question(const Line& line, LustreLines lines, const promql::Selector& of,
                             const Ask& ask) {
    const bool users = lines == LustreLines::Users;
    promql::Selector selector = of;
    if (line.part.text() == kOperations.text()) {
        const promql::Expr rate =
            each_target(sampled(line.metric, selector.eq("component", "mdt"), ask));
        return users ? promql::sum_by({"user", "fs"}, rate)
                     : promql::sum_by({"operation", "fs"}, rate);
    }
    const promql::Expr rate = each_target(
        sampled(line.metric, selector.eq("component", "ost").matches("target", ".*-OST.*"), ask));
    return users ? promql::sum_by({"fs", "user"}, rate) : promql::sum_by({"fs"}, rate);
}

}  // namespace portal::graph
