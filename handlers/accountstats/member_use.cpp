#include "handlers/accountstats/member_use.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "handlers/jobs/shares.h"
#include "handlers/sources/prometheus/exporters.h"
#include "views/pages/accountstats/priority.h"

namespace portal::accountstats {
namespace {

using promql::Expr;
using promql::Selector;

/// One number of a row of the table.
struct Column {
    metric::Metric rule;
    Held MemberUse::*held;
    std::optional<double> Held::*amount;
};

constexpr Column kColumns[] = {
    {metric::kRuleAllocatedCores, &MemberUse::cores, &Held::allocated},
    {metric::kRuleUsedCores, &MemberUse::cores, &Held::used},
    {metric::kRuleAllocatedMemory, &MemberUse::memory, &Held::allocated},
    {metric::kRuleRssMemory, &MemberUse::memory, &Held::used},
    {metric::kRuleUnlimitedRss, &MemberUse::memory, &Held::unlimited},
    {metric::kRuleAllocatedGpus, &MemberUse::gpus, &Held::allocated},
    {metric::kRuleUnmeasuredGpus, &MemberUse::gpus, &Held::unmeasured},
    {metric::kRuleUsedGpus, &MemberUse::gpus, &Held::used},
};
constexpr promql::Literal kPriority = "priority";
constexpr promql::Literal kHighest = "highest";

void add_amount(std::optional<double>& sum, const std::optional<double>& more) {
    if (more) sum = sum.value_or(0) + *more;
}

bool has_samples(const std::vector<double>& values) {
    return std::any_of(values.begin(), values.end(), [](double one) { return !std::isnan(one); });
}

void take(AccountUse& use, const Column& column, const prometheus::SeriesSet& found,
          const SampleTimes& recordings) {
    for (const prometheus::Series& series : found.series) {
        if (!has_samples(series.values)) continue;
        MemberUse& member = use.members[std::string(series.label("user"))];
        member.*column.held.*column.amount = recordings.unit_seconds(series.values) / 3600;
    }
}

Expr priority_now(const Selector& priority) {
    const Expr value = promql::max_by({}, priority.now());
    return promql::either(promql::tagged(kPriority, value),
                          promql::tagged(kHighest, is_infinite({}, value)));
}

Selector narrowed(Selector selector, const AccountName& account) {
    const auto labels = account.labels();
    return labels.size() == 1 ? selector.eq("account", labels.front())
                              : selector.one_of("account", labels);
}

}  // namespace

Selector of_account(const metric::Metric& metric, const AccountName& account) {
    return narrowed(Selector(metric), account);
}

std::optional<Selector> priority_of(const AccountName& account, const Exporters& exporters) {
    const auto metric = promql::MetricName::parse(exporters.account.metric);
    if (!exporters.account.enabled || !metric) return std::nullopt;
    return narrowed(Selector(*metric), account);
}

Expr is_infinite(std::initializer_list<promql::Literal> labels, const Expr& priority) {
    constexpr double kLargest = 1e300;
    return promql::count_by(labels, promql::above(priority, kLargest));
}

SampleTimes recordings_of(const AccountName& account, const prometheus::Grid& grid,
                          Context& context) {
    constexpr std::int64_t kLooks = 20'000;
    const bool each = !context.site.exporters.job.enabled || has_each_sample(grid);
    if (each) return {{}, grid, kLooks, context};
    std::vector<Selector> rules = {Selector(metric::kRuleClusterCores)};
    for (const metric::Metric& rule :
         {metric::kRuleAllocatedCores, metric::kRuleUsedCores, metric::kRuleAllocatedMemory}) {
        rules.push_back(of_account(rule, account));
    }
    return {std::move(rules), grid, kLooks, context};
}

std::optional<Held::Pair> Held::compared() const {
    if (!allocated || !used) return std::nullopt;
    return Pair{std::max(*allocated - unmeasured.value_or(0), 0.0),
                std::max(*used - unlimited.value_or(0), 0.0)};
}

std::optional<double> Held::wasted() const {
    const auto both = compared();
    if (!both) return std::nullopt;
    return std::max(both->held - both->used, 0.0);
}

std::optional<double> Held::share() const {
    const auto both = compared();
    if (!both || both->held <= 0) return std::nullopt;
    return both->used / both->held;
}

void Held::add(const Held& other) {
    add_amount(allocated, other.allocated);
    add_amount(used, other.used);
    add_amount(unmeasured, other.unmeasured);
    add_amount(unlimited, other.unlimited);
}

void MemberUse::add(const MemberUse& other) {
    cores.add(other.cores);
    memory.add(other.memory);
    gpus.add(other.gpus);
}

std::optional<AskedUse> ask_account_use(const AccountName& account, TimeRange range,
                                        Context& context) {
    const Exporters& exporters = context.site.exporters;
    const auto priority = priority_of(account, exporters);
    if (!exporters.job.enabled && !priority) return std::nullopt;
    const prometheus::Grid steps = steps_of(range);
    std::vector<prometheus::Ticket> columns;
    for (const Column& column : kColumns) {
        if (!exporters.job.enabled) break;
        columns.push_back(context.metrics.ask(
            {in_cores(recorded({"user"}, of_account(column.rule, account), steps), column.rule,
                      context.site),
             steps}));
    }
    AskedUse asked{std::move(columns), recordings_of(account, steps, context), {}};
    if (priority) {
        asked.priority =
            context.metrics.ask({priority_now(*priority), prometheus::Grid::at_instant(range.to)});
    }
    return asked;
}

Result<AccountUse> collect_account_use(AskedUse asked, Context& context) {
    AccountUse use;
    const auto known = asked.recordings.collect();
    if (!known.ok()) return known.error();
    for (std::size_t i = 0; i < asked.columns.size(); ++i) {
        const auto answer = context.metrics.collect(asked.columns[i]);
        if (!answer.ok()) return answer.error();
        take(use, kColumns[i], answer.value(), asked.recordings);
    }
    for (auto& [login, member] : use.members) {
        Held& cores = member.cores;
        if (!cores.allocated || !cores.used) continue;
        cores.used = cores_in_use(*cores.used, *cores.allocated, context.site.threads_per_core);
    }
    if (!asked.priority) return use;
    const auto answer = context.metrics.collect(*asked.priority);
    if (!answer.ok()) return answer.error();
    for (const prometheus::Series& series : answer.value().series) {
        const double value = series.values.at(0);
        const bool highest = series.label("part") == kHighest.text() && value > 0;
        if (highest || value >= 0) use.priority = highest ? views::kHighestPriority : value;
    }
    return use;
}

Result<bool> is_measured(const AccountName& account, Seconds back, Context& context) {
    const Selector rule = of_account(metric::kRuleAllocatedCores, account);
    std::vector<Expr> parts = {
        promql::tagged("cores", promql::max_by({}, rule.present_over(back)))};
    if (const auto priority = priority_of(account, context.site.exporters)) {
        parts.push_back(
            promql::tagged(kPriority, promql::max_by({}, priority->present_over(back))));
    }
    const auto now = prometheus::Grid::at_instant(context.clock.now());
    const auto answer = context.metrics.collect(context.metrics.ask({promql::either(parts), now}));
    if (!answer.ok()) return answer.error();
    return !answer.value().series.empty();
}

}  // namespace portal::accountstats
