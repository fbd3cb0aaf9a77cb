#include "handlers/jobstats/graphs/program_graph.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string_view>

#include "handlers/sources/prometheus/joining.h"

namespace portal::jobstats {
namespace {

using namespace graph;
using promql::Expr;

/// What the job's cores can do in a second; without a bound where their number is not known.
promql::Bounds of_cores(const JobRun& run) {
    if (run.cores() == 0) return metric::kProcessUsage.bounds;
    return {0, metric::kThread * static_cast<double>(run.cores())};
}

Expr programs(const Line& line, const JobRun& run, const Ask& ask) {
    const Seconds window = rate_window(ask.grid, ask.interval);
    const Expr grown = promql::bounded(of_job(line.metric, run).slope(window), of_cores(run));
    const bool large = ask.detail == Detail::Summary && run.job.nodes.size() > kMostPlain;
    return large ? promql::sum_by({"exe"}, promql::each_node(grown, {"exe"})) : grown;
}

std::string program_id(const prometheus::Series& series) {
    return series.label("exe").empty() ? "program_unknown" : "program";
}

void add_nodes(std::vector<Series>& lines) {
    for (Series& line : lines) drop_label(line, "node");
    join_same(lines, &add_values);
}

void name_programs(std::vector<Series>& lines) {
    std::set<std::string> paths;
    for (const Series& line : lines) paths.emplace(line.label("exe"));
    paths.erase("");
    const std::vector<std::string> all(paths.begin(), paths.end());
    const std::vector<std::string> names = program_names(all);
    for (Series& line : lines) {
        const auto found = std::lower_bound(all.begin(), all.end(), line.label("exe"));
        if (found == all.end() || *found != line.label("exe")) continue;
        const auto place = static_cast<std::size_t>(found - all.begin());
        line.labels.push_back({"program", names[place]});
    }
}

/// Leaves gaps where all together did more than they can.
void drop_impossible(std::vector<Series>& lines, double most) {
    if (lines.empty()) return;
    std::vector<double> sum(lines.front().values.size(), prometheus::kGap);
    for (const Series& line : lines) add_values(sum, line.values);
    for (Series& line : lines) {
        for (std::size_t point = 0; point < sum.size(); ++point) {
            if (sum[point] > most) line.values[point] = prometheus::kGap;
        }
    }
}

bool are_several(const std::vector<Series>& lines) {
    std::set<std::string_view> paths;
    for (const Series& line : lines) paths.insert(line.label("exe"));
    return paths.size() > 1;
}

Finish finish_programs(const JobRun& run, const Ask& ask, Context& /*context*/) {
    return [&run, detail = ask.detail](Drawn drawn, const Lines& /*lines*/) {
        Graph& graph = drawn.graphs.front();
        if (detail != Detail::All) add_nodes(graph.series);
        drop_impossible(graph.series, of_cores(run).most);
        drop_zeros(graph.series);
        if (!are_several(graph.series)) graph.series.clear();
        name_programs(graph.series);
        set_limit(graph, "asked", run.cores());
        return drawn;
    };
}

bool ends_with_names(std::string_view path, std::string_view end) {
    if (!path.ends_with(end)) return false;
    return path.size() == end.size() || path[path.size() - end.size() - 1] == '/';
}

/// The last names of a path, one more than `end` has.
std::string_view longer(std::string_view path, std::string_view end) {
    const std::size_t rest = path.size() - end.size();
    if (rest < 2) return path;
    const auto slash = path.rfind('/', rest - 2);
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

}  // namespace

std::vector<std::string> program_names(const std::vector<std::string>& paths) {
    std::vector<std::string> names;
    for (const std::string& path : paths) {
        std::string_view name = path;
        if (const auto slash = path.rfind('/'); slash + 1 < path.size()) {
            name.remove_prefix(slash + 1);
        }
        const auto is_shared = [&] {
            return std::any_of(paths.begin(), paths.end(), [&](const std::string& other) {
                return other != path && ends_with_names(other, name);
            });
        };
        while (name.size() < path.size() && is_shared()) name = longer(path, name);
        names.emplace_back(name);
    }
    return names;
}

Family<JobRun> program_family() {
    return {.slug = "programs",
            .section = "programs",
            .exporter = &exporter<&Exporters::job>,
            .graphs = {{.slug = "programs",
                        .unit = unit::kCores,
                        .stack = Stack::Yes,
                        .lines = {{.part = "program",
                                   .metric = metric::kProcessUsage,
                                   .id_of = &program_id}},
                        .labels = {"node", "exe"},
                        .fold = &fold_largest}},
            .question = &programs,
            .beside = &finish_programs};
}

}  // namespace portal::jobstats
