#include "handlers/graphs/lustre_graphs.h"

#include <algorithm>

#include "fcgi/http/http_error.h"

namespace portal::graph {
namespace {

constexpr promql::Literal kOperations = "operations";

std::string traffic_id(const prometheus::Series& series) {
    const std::string part(series.label("part"));
    return series.label("user").empty() ? part + "_other" : part;
}

}  // namespace

std::string user_or_other(const prometheus::Series& series) {
    return series.label("user").empty() ? "other" : "user";
}

promql::Expr each_target(const promql::Expr& rate) {
    return promql::max_by({"fs", "target", "jobid", "operation", "user"}, rate);
}

const std::string& file_system_of(const Visit& visit, const Site& site) {
    const auto& known = site.exporters.lustre.file_systems;
    const auto found = std::find(known.begin(), known.end(), visit.captures.file_system);
    if (found == known.end()) throw HttpError(404, "");
    return *found;
}

std::vector<Row> lustre_rows(LustreLines lines) {
    const bool users = lines == LustreLines::Users;
    const auto fold = users ? &fold_largest : nullptr;
    std::vector<Row> rows = {
        {.slug = "lustre_mdt",
         .unit = unit::kOperationsPerSecond,
         .stack = Stack::Yes,
         .lines = {{kOperations, metric::kLustreOperations}},
         .labels = {"operation", "user", "fs"},
         .fold = fold,
         .zeros = Zeros::Dropped},
        {.slug = "lustre_ost",
         .unit = unit::kBytesPerSecond,
         .lines = {{"read", metric::kLustreRead}, {"write", metric::kLustreWrite}},
         .labels = {"fs", "user"},
         .fold = fold,
         .zeros = Zeros::Dropped}};
    if (users) {
        rows[0].lines[0].id_of = &user_or_other;
        for (Line& line : rows[1].lines) line.id_of = &traffic_id;
    }
    return rows;
}

promql::Expr lustre_question(const Line& line, LustreLines lines, promql::Selector series,
                             const Ask& ask) {
    const bool users = lines == LustreLines::Users;
    if (line.is(kOperations)) {
        const auto rate = each_target(sampled(line.metric, series.eq("component", "mdt"), ask));
        return users ? promql::sum_by({"user", "fs"}, rate)
                     : promql::sum_by({"operation", "fs"}, rate);
    }
    series.eq("component", "ost").matches("target", ".*-OST.*");
    const auto rate = each_target(sampled(line.metric, series, ask));
    return users ? promql::sum_by({"fs", "user"}, rate) : promql::sum_by({"fs"}, rate);
}

}  // namespace portal::graph
