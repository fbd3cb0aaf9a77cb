#include "handlers/accountstats/account_graphs.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "fcgi/http/http_error.h"
#include "handlers/accountstats/account_page.h"
#include "handlers/graphs/held.h"
#include "handlers/graphs/lustre_graphs.h"
#include "handlers/graphs/time_grid.h"
#include "handlers/page/page_range.h"
#include "handlers/page/pages.h"
#include "handlers/sources/prometheus/exporters.h"

namespace portal::accountstats {
namespace {

using graph::Graph;
using graph::Stack;
using graph::Unit;
using promql::Expr;
using promql::Selector;

constexpr double kGap = std::numeric_limits<double>::quiet_NaN();

double total_of(const std::vector<double>& values) {
    double sum = 0;
    for (const double value : values) sum += std::isnan(value) ? 0 : value;
    return sum;
}

std::vector<double> wasted_of(const UserLines& user) {
    std::vector<double> wasted(user.allocated.size(), kGap);
    for (std::size_t point = 0; point < wasted.size(); ++point) {
        const double left = user.allocated[point] - user.used[point];
        if (!std::isnan(left)) wasted[point] = std::max(left, 0.0);
    }
    return wasted;
}

void add_line(Graph& graph, const std::string& user, std::vector<double> values) {
    if (values.empty()) return;
    if (user.empty()) {
        graph.series.push_back({"other", {}, std::move(values), {}});
    } else {
        graph.series.push_back({"user", {{"user", user}}, std::move(values), {}});
    }
}

/// The two rules of one measure, and how its three graphs are called.
struct Measure {
    promql::Literal allocated;
    promql::Literal used;
    Unit unit;
    std::array<std::string_view, 3> slugs;
};

/// Allocated, used and wasted of one measure from one query.
Result<Drawn> held_graphs(const Measure& measure, const AccountAsk& ask, Context& context) {
    const auto by_user = [&](promql::Literal rule) {
        const Selector selector = Selector(rule).eq("account", ask.account.full);
        return recorded({"user"}, selector, ask.grid);
    };
    const Expr query = promql::either(promql::tagged("allocated", by_user(measure.allocated)),
                                      promql::tagged("used", by_user(measure.used)));
    auto answer = context.metrics.collect(context.metrics.ask({query, ask.grid}));
    if (!answer.ok()) return answer.error();
    std::map<std::string, UserLines> users;
    prometheus::SeriesSet set = std::move(answer).value();
    for (prometheus::Series& series : set.series) {
        UserLines& user = users[std::string(series.label("user"))];
        user.user = series.label("user");
        (series.label("part") == "used" ? user.used : user.allocated) = std::move(series.values);
    }
    Drawn drawn{{blank(measure.slugs[0], measure.unit, Stack::Yes),
                 blank(measure.slugs[1], measure.unit, Stack::Yes),
                 blank(measure.slugs[2], measure.unit, Stack::No)},
                {}};
    std::vector<UserLines> lines;
    for (auto& [name, user] : users) lines.push_back(std::move(user));
    add_users(drawn.graphs, std::move(lines));
    return drawn;
}

Result<Drawn> cpu_graphs(const AccountAsk& ask, Context& context) {
    return held_graphs({metric::kRuleAllocatedCores,
                        metric::kRuleUsedCores,
                        Unit::Cores,
                        {"cpu_allocated", "cpu_used", "cpu_wasted"}},
                       ask, context);
}

Result<Drawn> memory_graphs(const AccountAsk& ask, Context& context) {
    return held_graphs({metric::kRuleAllocatedMemory,
                        metric::kRuleRssMemory,
                        Unit::Bytes,
                        {"mem_allocated", "mem_used", "mem_wasted"}},
                       ask, context);
}

Result<Drawn> gpu_graphs(const AccountAsk& ask, Context& context) {
    return held_graphs({metric::kRuleAllocatedGpus,
                        metric::kRuleUsedGpus,
                        Unit::Gpus,
                        {"gpu_allocated", "gpu_used", "gpu_wasted"}},
                       ask, context);
}

Result<Drawn> lustre_graphs(const AccountAsk& ask, Context& context) {
    auto graphs = lustre_graphs_of({"account", ask.account.full}, LustreLines::Users, ask.grid,
                                   ask.interval, context);
    if (!graphs.ok()) return graphs.error();
    return Drawn{std::move(graphs).value(), {}};
}

bool of_jobs(const Exporters& exporters) {
    return exporters.job.enabled;
}
bool of_lustre(const Exporters& exporters) {
    return exporters.lustre.enabled;
}
bool of_either(const Exporters& exporters) {
    return exporters.job.enabled || exporters.account.enabled;
}

/// Graphs that one query answers. The family's own slug gives all of them.
struct Family {
    std::string_view slug;
    std::vector<std::string_view> slugs;
    bool (*measured)(const Exporters&);
    Result<Drawn> (*answer)(const AccountAsk&, Context&);
    const RangePresets* ranges = &kAccountRanges;
};

const std::vector<Family>& families() {
    static const std::vector<Family> kFamilies = {
        {"cpu", {"cpu_allocated", "cpu_used", "cpu_wasted"}, &of_jobs, &cpu_graphs},
        {"mem", {"mem_allocated", "mem_used", "mem_wasted"}, &of_jobs, &memory_graphs},
        {"gpu", {"gpu_allocated", "gpu_used", "gpu_wasted"}, &of_jobs, &gpu_graphs},
        {"gpu_power",
         {"gpu_power_allocated", "gpu_power_used", "gpu_power_wasted"},
         &of_jobs,
         &power_graphs},
        {"lustre", {"lustre_mdt", "lustre_ost"}, &of_lustre, &lustre_graphs},
        {"cpu_priority",
         {"cpu_allocation", "cpu_priority"},
         &of_either,
         &cpu_priority_graphs,
         &kPriorityRanges},
        {"gpu_priority",
         {"gpu_allocation", "gpu_priority"},
         &of_either,
         &gpu_priority_graphs,
         &kPriorityRanges},
    };
    return kFamilies;
}

const Family& family_of(std::string_view slug, const Exporters& exporters) {
    for (const Family& family : families()) {
        const bool named =
            family.slug == slug ||
            std::find(family.slugs.begin(), family.slugs.end(), slug) != family.slugs.end();
        if (named && family.measured(exporters)) return family;
    }
    throw HttpError(404, "");
}

}  // namespace

Graph blank(std::string_view slug, Unit unit, Stack stack) {
    Graph graph;
    graph.slug = slug;
    graph.unit = unit;
    graph.stack = stack;
    return graph;
}

void add_users(std::vector<Graph>& graphs, std::vector<UserLines> users) {
    std::stable_sort(users.begin(), users.end(), [](const UserLines& left, const UserLines& right) {
        return total_of(left.allocated) > total_of(right.allocated);
    });
    for (UserLines& user : users) {
        const bool both = !user.allocated.empty() && !user.used.empty();
        add_line(graphs[2], user.user, both ? wasted_of(user) : std::vector<double>{});
        add_line(graphs[0], user.user, std::move(user.allocated));
        add_line(graphs[1], user.user, std::move(user.used));
    }
}

Response account_graph(const Visit& visit, Context& context) {
    const AccountName& account = visit.captures.account;
    const std::string& slug = visit.captures.graph;
    const Exporters& exporters = context.site.exporters;
    const Family& family = family_of(slug, exporters);
    const bool all = graph::wants_all_series(visit.request);
    const TimeRange range = page_range(visit.request, context.clock.now(), *family.ranges);
    const bool lustre = family.slug == "lustre";
    const Seconds interval = lustre ? exporters.lustre.interval : exporters.job.interval;
    const prometheus::Grid grid = grid_for(range, interval);
    auto drawn = family.answer({account, grid, interval}, context);
    if (!drawn.ok()) return source_missing_json(drawn.error());
    Drawn shown = std::move(drawn).value();
    graph::Answer answer{range, true, grid, std::move(shown.graphs), std::move(shown.notices)};
    if (slug != family.slug) {
        std::erase_if(answer.graphs, [&](const Graph& graph) { return graph.slug != slug; });
    }
    for (Graph& graph : answer.graphs) {
        if (!all) graph::fold_largest(graph);
    }
    return graph::respond(answer, "", interval);
}

}  // namespace portal::accountstats
