#include "handlers/accountstats/account_graphs.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "handlers/accountstats/account_page.h"
#include "handlers/accountstats/member_use.h"
#include "handlers/graphs/endpoint.h"
#include "handlers/graphs/held.h"
#include "handlers/graphs/lustre_graphs.h"
#include "handlers/jobs/gpu_model.h"
#include "handlers/page/errors.h"
#include "handlers/sources/prometheus/joining.h"

namespace portal::accountstats {
namespace {

using graph::Ask;
using graph::Drawn;
using graph::Graph;
using graph::How;
using graph::Line;
using graph::LustreLines;
using graph::Row;
using graph::Stack;
using graph::Unit;
namespace unit = graph::unit;
using prometheus::kGap;
using promql::Expr;
using promql::Selector;
using Family = graph::Family<AccountName>;
using Values = std::vector<double>;

constexpr promql::Literal kPriority = "priority";

/// Lines of one user of the account; empty values: not measured.
struct UserLines {
    Values allocated;
    Values used;
};
/// By login; empty where the series named none.
using Users = std::map<std::string, UserLines, std::less<>>;

Selector of_account(const Line& line, const AccountName& account) {
    return accountstats::of_account(Selector(line.metric), account);
}

void scale(Values& values, double factor) {
    for (double& value : values) value *= factor;
}

Values wasted_of(const UserLines& user) {
    if (user.allocated.empty() || user.used.empty()) return {};
    Values wasted(user.allocated.size(), kGap);
    for (std::size_t point = 0; point < wasted.size(); ++point) {
        const double left = user.allocated[point] - user.used[point];
        if (!std::isnan(left)) wasted[point] = std::max(left, 0.0);
    }
    return wasted;
}

void add_line(Graph& graph, const std::string& user, Values values) {
    if (values.empty()) return;
    if (user.empty()) {
        graph.series.push_back({"other", {}, std::move(values), {}});
    } else {
        graph.series.push_back({"user", {{"user", user}}, std::move(values), {}});
    }
}

Drawn drawn_of(const Family& family, Users users) {
    std::vector<std::pair<double, Users::iterator>> order;
    for (auto user = users.begin(); user != users.end(); ++user) {
        const auto& [allocated, used] = user->second;
        order.emplace_back(graph::total_of(allocated.empty() ? used : allocated), user);
    }
    std::stable_sort(order.begin(), order.end(),
                     [](const auto& left, const auto& right) { return left.first > right.first; });
    Drawn drawn{blank_graphs(family.graphs)};
    const std::string name(family.slug);
    Graph& allocated = named(drawn.graphs, name + "_allocated");
    Graph& used = named(drawn.graphs, name + "_used");
    Graph& wasted = named(drawn.graphs, name + "_wasted");
    for (auto& [total, user] : order) {
        auto& [login, lines] = *user;
        add_line(wasted, login, wasted_of(lines));
        add_line(allocated, login, std::move(lines.allocated));
        add_line(used, login, std::move(lines.used));
    }
    return drawn;
}

Expr held_question(const Line& line, const AccountName& account, const Ask& ask) {
    return recorded({"user"}, of_account(line, account), ask.grid);
}

/// Lines of rules, and the priority, which is no sum of samples.
Result<prometheus::SeriesSet> collect_recorded(const graph::Asked& asked,
                                               const AccountName& account, const Ask& ask,
                                               Context& context) {
    if (!ask.site.exporters.job.enabled || has_each_sample(ask.grid)) {
        return collect_parts(asked, context);
    }
    SampleTimes recordings = recordings_of(account, ask.grid, context);
    auto found = collect_parts(asked, context);
    if (!found.ok()) return found;
    const auto known = recordings.collect();
    if (!known.ok()) return known.error();
    prometheus::SeriesSet set = std::move(found).value();
    for (prometheus::Series& series : set.series) {
        if (series.label("part") != kPriority.text()) recordings.make_means(series.values);
    }
    return set;
}

Result<Drawn> draw_held(const Family& family, const AccountName& account, const Ask& ask,
                        Context& context) {
    const auto asked = family.ask_lines(account, ask, context);
    auto found = collect_recorded(asked, account, ask, context);
    if (!found.ok()) return found.error();
    prometheus::SeriesSet set = std::move(found).value();
    Users users;
    for (prometheus::Series& series : set.series) {
        UserLines& user = users[std::string(series.label("user"))];
        (series.label("part") == "used" ? user.used : user.allocated) = std::move(series.values);
    }
    return drawn_of(family, std::move(users));
}

Expr power_question(const Line& line, const AccountName& account, const Ask& ask) {
    const Expr power = promql::each_card(promql::of_whole_cards(of_account(line, account)).now(),
                                         {"user", "gpu_type"});
    return line.how == How::Count ? held_count({"user", "gpu_type"}, power, ask.grid)
                                  : held({"user"}, power, ask.grid);
}

Result<Drawn> draw_power(const Family& family, const AccountName& account, const Ask& ask,
                         Context& context) {
    auto found = collect_parts(family.ask_lines(account, ask, context), context);
    if (!found.ok()) return found.error();
    prometheus::SeriesSet set = std::move(found).value();
    Users users;
    std::set<std::string> unknown_types;
    std::set<std::string> unknown_users;
    for (prometheus::Series& series : set.series) {
        const std::string login(series.label("user"));
        UserLines& user = users[login];
        if (series.label("part") == "used") {
            user.used = std::move(series.values);
            scale(user.used, metric::kGpuPower.base(1));
            continue;
        }
        const std::array<std::string, 1> type = {std::string(series.label("gpu_type"))};
        const GpuModel* model = gpu_model({}, type, context.site);
        if (model == nullptr) {
            unknown_types.insert(type[0]);
            unknown_users.insert(login);
            continue;
        }
        scale(series.values, model->power_w);
        if (user.allocated.empty()) user.allocated.assign(series.values.size(), kGap);
        graph::add_values(user.allocated, series.values);
    }
    // A part of what may be drawn is not what may be drawn.
    for (const std::string& login : unknown_users) users[login].allocated.clear();
    Drawn drawn = drawn_of(family, std::move(users));
    for (const std::string& type : unknown_types) {
        drawn.notices.push_back({"gpu_type_unknown", {{"type", type}}});
    }
    return drawn;
}

/// What was granted to the account, if it is the one of its group that grants are for and the
/// directory names an amount. A directory that is away is said.
std::optional<double> granted(const AccountName& account, std::vector<graph::Notice>& notices,
                              Context& context) {
    if (account.is_default(context.site.default_account_prefix)) return std::nullopt;
    const auto found = context.directory.allocation(account.group);
    if (!found.ok()) {
        log_missing(found.error());
        notices.push_back({"source_missing", {{"source", source_name(found.error().source)}}});
        return std::nullopt;
    }
    if (!found.value()) return std::nullopt;
    const auto& resources = found.value()->resources;
    return account.gpu ? resources.gpu_equivalent : resources.core_equivalent;
}

bool has_job_rules(const Site& site) {
    return site.exporters.job.enabled;
}

bool has_priority(const Site& site) {
    const AccountExporter& exporter = site.exporters.account;
    return exporter.enabled && promql::MetricName::parse(exporter.metric);
}

/// Needs has_priority().
Selector priority_of(const AccountName& account, const Site& site) {
    const auto metric = promql::MetricName::parse(site.exporters.account.metric);
    return accountstats::of_account(Selector(metric.value()), account);
}

Expr priority_question(const Line& line, const AccountName& account, const Ask& ask) {
    if (!line.metric.text().empty()) {
        return recorded({}, of_account(line, account), ask.grid);
    }
    const Seconds interval = ask.site.exporters.account.interval;
    return promql::max_by({}, gauge(priority_of(account, ask.site), ask.grid, interval));
}

/// Says so where the priority was infinite at some time, which no line can show.
void tell_highest(Drawn& drawn, prometheus::Ticket ticket, Context& context) {
    const auto found = context.metrics.collect(ticket);
    if (!found.ok()) return log_missing(found.error());
    for (const prometheus::Series& series : found.value().series) {
        if (graph::total_of(series.values) > 0) {
            drawn.notices.push_back({"priority_highest", {}});
            return;
        }
    }
}

Result<Drawn> draw_priority(const Family& family, const AccountName& account, const Ask& ask,
                            Context& context) {
    const auto asked = family.ask_lines(account, ask, context);
    std::optional<prometheus::Ticket> highest;
    if (has_priority(ask.site)) {
        const Expr value = promql::max_by({}, priority_of(account, ask.site).now());
        highest = context.metrics.ask({is_infinite({}, value), ask.grid});
    }
    const std::string slug = account.gpu ? "gpu_priority" : "cpu_priority";
    std::vector<graph::Notice> notices;
    std::optional<double> amount;
    if (family.slug == slug && has_job_rules(ask.site)) {
        amount = granted(account, notices, context);
    }
    auto found = collect_recorded(asked, account, ask, context);
    if (!found.ok()) return found.error();
    prometheus::SeriesSet set = std::move(found).value();
    Drawn drawn{sort_parts(family.graphs, set, ask.site), std::move(notices)};
    if (highest) tell_highest(drawn, *highest, context);
    if (amount) {
        Graph& use = named(drawn.graphs, account.gpu ? "gpu_allocation" : "cpu_allocation");
        use.limit = graph::Limit{"granted", *amount};
    }
    return drawn;
}

Expr lustre(const Line& line, const AccountName& account, const Ask& ask) {
    const Selector series = Selector(line.metric).eq("account", account.full);
    return lustre_question(line, LustreLines::Users, series, ask);
}

/// Priority or the use that it follows from may be measured without the other.
graph::Exporter either(const Exporters& exporters) {
    return {exporters.job.enabled || exporters.account.enabled, exporters.job.interval};
}

struct ThreeSlugs {
    std::string_view allocated;
    std::string_view used;
    std::string_view wasted;
};

std::vector<Row> three(const ThreeSlugs& slugs, Unit unit, const Line& allocated, const Line& used,
                       Stack wasted = Stack::No) {
    constexpr auto kLargest = graph::Folding::Largest;
    return {{.slug = slugs.allocated,
             .unit = unit,
             .stack = Stack::Yes,
             .lines = {allocated},
             .folding = kLargest},
            {.slug = slugs.used,
             .unit = unit,
             .stack = Stack::Yes,
             .lines = {used},
             .folding = kLargest},
            {.slug = slugs.wasted, .unit = unit, .stack = wasted, .folding = kLargest}};
}

Family held(std::string_view slug, std::string_view section, std::vector<Row> graphs) {
    return {.slug = slug,
            .section = section,
            .exporter = &graph::exporter<&Exporters::job>,
            .graphs = std::move(graphs),
            .question = &held_question,
            .draw = &draw_held};
}

Family priority(std::string_view slug, std::string_view use, Unit unit,
                const metric::Metric& allocated, const metric::Metric& used) {
    return {
        .slug = slug,
        .exporter = &either,
        .graphs = {{.slug = use,
                    .unit = unit,
                    .lines = {{.part = "allocated", .metric = allocated, .known = &has_job_rules},
                              {.part = "used", .metric = used, .known = &has_job_rules}}},
                   {.slug = slug,
                    .unit = unit::kPriority,
                    .lines = {{.part = kPriority,
                               .metric = metric::kConfigured,
                               .known = &has_priority}}}},
        .question = &priority_question,
        .draw = &draw_priority,
        .ranges = &kPriorityRanges};
}

Result<AccountName> account_in(const Visit& visit, Context& /*context*/) {
    return visit.captures.account;
}

}  // namespace

const graph::Families<AccountName>& account_families() {
    static const graph::Families<AccountName> kFamilies = {
        held("cpu", "cpu",
             three({"cpu_allocated", "cpu_used", "cpu_wasted"}, unit::kCores,
                   {"allocated", metric::kRuleAllocatedCores}, {"used", metric::kRuleUsedCores})),
        held("mem", "memory",
             three({"mem_allocated", "mem_used", "mem_wasted"}, unit::kBytes,
                   {"allocated", metric::kRuleAllocatedMemory}, {"used", metric::kRuleRssMemory})),
        held("gpu", "gpu",
             three({"gpu_allocated", "gpu_used", "gpu_wasted"}, unit::kGpus,
                   {"allocated", metric::kRuleAllocatedGpus}, {"used", metric::kRuleUsedGpus})),
        {.slug = "gpu_power",
         .section = "power",
         .exporter = &graph::exporter<&Exporters::job>,
         .graphs =
             three({"gpu_power_allocated", "gpu_power_used", "gpu_power_wasted"}, unit::kWatts,
                   {.part = "allocated", .metric = metric::kGpuPower, .how = How::Count},
                   {"used", metric::kGpuPower}, Stack::Yes),
         .question = &power_question,
         .draw = &draw_power},
        {.slug = "lustre",
         .section = "files",
         .exporter = &graph::exporter<&Exporters::lustre>,
         .graphs = graph::lustre_rows(LustreLines::Users),
         .question = &lustre},
        priority("cpu_priority", "cpu_allocation", unit::kCores, metric::kRuleAllocatedCores,
                 metric::kRuleUsedCores),
        priority("gpu_priority", "gpu_allocation", unit::kGpus, metric::kRuleAllocatedGpus,
                 metric::kRuleUsedGpus),
    };
    return kFamilies;
}

Response account_graph(const Visit& visit, Context& context) {
    const graph::Page<AccountName> page{account_families(), kAccountRanges, &account_in};
    return graph::answer(page, visit.captures.graph, visit, context);
}

}  // namespace portal::accountstats
