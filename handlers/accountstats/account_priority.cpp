#include "handlers/accountstats/account_graphs.h"
#include "handlers/graphs/held.h"
#include "handlers/graphs/time_grid.h"
#include "handlers/page/pages.h"
#include "handlers/sources/prometheus/exporters.h"

namespace portal::accountstats {
namespace {

using graph::Graph;
using graph::Stack;
using graph::Unit;
using promql::Expr;
using promql::Selector;

/// One kind of account: its rules, its unit, its number in the directory.
struct Kind {
    promql::Literal allocated;
    promql::Literal used;
    Unit unit;
    std::string_view use_slug;
    std::string_view priority_slug;
    bool gpu;
    std::optional<double> ldap::AllocatedResources::*granted;
};

constexpr Kind kCores{metric::kRuleAllocatedCores,
                      metric::kRuleUsedCores,
                      Unit::Cores,
                      "cpu_allocation",
                      "cpu_priority",
                      false,
                      &ldap::AllocatedResources::core_equivalent};
constexpr Kind kGpus{metric::kRuleAllocatedGpus,
                     metric::kRuleUsedGpus,
                     Unit::Gpus,
                     "gpu_allocation",
                     "gpu_priority",
                     true,
                     &ldap::AllocatedResources::gpu_equivalent};

Expr question(const Kind& kind, const AccountAsk& ask, const Site& site) {
    const auto of_account = [&](Selector selector) {
        return selector.eq("account", ask.account.full);
    };
    std::vector<Expr> parts;
    if (site.exporters.job.enabled) {
        const auto all = [&](promql::Literal rule) {
            return recorded({}, of_account(Selector(rule)), ask.grid);
        };
        parts = {promql::tagged("allocated", all(kind.allocated)),
                 promql::tagged("used", all(kind.used))};
    }
    const auto metric = promql::MetricName::parse(site.exporters.account.metric);
    if (site.exporters.account.enabled && metric) {
        const Seconds interval = site.exporters.account.interval;
        parts.push_back(promql::tagged(
            "priority",
            promql::max_by({}, gauge(of_account(Selector(*metric)), ask.grid, interval))));
    }
    return joined(parts);
}

/// The line of what was granted, if this account is the one it belongs to and the directory names
/// an amount. A directory that is away is said.
void add_limit(Drawn& drawn, const Kind& kind, const AccountAsk& ask, Context& context) {
    const bool granted = !ask.account.is_default(context.site.default_account_prefix);
    if (!granted || ask.account.gpu != kind.gpu || !context.site.exporters.job.enabled) return;
    const auto found = context.directory.allocation(ask.account.group);
    if (!found.ok()) {
        log_missing(found.error());
        drawn.notices.push_back(
            {"source_missing", {{"source", source_name(found.error().source)}}});
        return;
    }
    if (!found.value()) return;
    const std::optional<double>& amount = found.value()->resources.*kind.granted;
    if (amount) drawn.graphs[0].limit = graph::Limit{"granted", *amount};
}

Result<Drawn> priority_graphs(const Kind& kind, const AccountAsk& ask, Context& context) {
    const auto ticket = context.metrics.ask({question(kind, ask, context.site), ask.grid});
    Drawn drawn{{blank(kind.use_slug, kind.unit, Stack::No),
                 blank(kind.priority_slug, Unit::Priority, Stack::No)},
                {}};
    add_limit(drawn, kind, ask, context);
    auto answer = context.metrics.collect(ticket);
    if (!answer.ok()) return answer.error();
    prometheus::SeriesSet set = std::move(answer).value();
    for (prometheus::Series& series : set.series) {
        const std::string part(series.label("part"));
        Graph& graph = drawn.graphs[part == "priority" ? 1 : 0];
        graph.series.push_back(graph::take(series, part, {}, 1));
    }
    return drawn;
}

}  // namespace

Result<Drawn> cpu_priority_graphs(const AccountAsk& ask, Context& context) {
    return priority_graphs(kCores, ask, context);
}

Result<Drawn> gpu_priority_graphs(const AccountAsk& ask, Context& context) {
    return priority_graphs(kGpus, ask, context);
}

}  // namespace portal::accountstats
