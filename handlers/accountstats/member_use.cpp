#include "handlers/accountstats/member_use.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "handlers/graphs/held.h"
#include "handlers/graphs/time_grid.h"
#include "handlers/sources/prometheus/exporters.h"

namespace portal::accountstats {
namespace {

using promql::Expr;
using promql::Selector;

/// One number of a row of the table.
struct Column {
    promql::Literal part;
    promql::Literal rule;
    Held MemberUse::*held;
    std::optional<double> Held::*amount;
};

constexpr Column kColumns[] = {
    {"cores_allocated", metric::kRuleAllocatedCores, &MemberUse::cores, &Held::allocated},
    {"cores_used", metric::kRuleUsedCores, &MemberUse::cores, &Held::used},
    {"memory_allocated", metric::kRuleAllocatedMemory, &MemberUse::memory, &Held::allocated},
    {"memory_used", metric::kRuleRssMemory, &MemberUse::memory, &Held::used},
    {"gpus_allocated", metric::kRuleAllocatedGpus, &MemberUse::gpus, &Held::allocated},
    {"gpus_used", metric::kRuleUsedGpus, &MemberUse::gpus, &Held::used},
};
constexpr promql::Literal kPriority = "priority";

std::optional<Selector> priority_of(const AccountName& account, const Exporters& exporters) {
    const auto metric = promql::MetricName::parse(exporters.account.metric);
    if (!exporters.account.enabled || !metric) return std::nullopt;
    return Selector(*metric).eq("account", account.full);
}

void add_amount(std::optional<double>& sum, const std::optional<double>& more) {
    if (more) sum = sum.value_or(0) + *more;
}

void take(AccountUse& use, const prometheus::Series& series) {
    const double value = series.values.at(0);
    if (std::isnan(value)) return;
    const auto part = series.label("part");
    if (part == kPriority.text()) use.priority = value;
    for (const Column& column : kColumns) {
        if (part != column.part.text()) continue;
        MemberUse& member = use.members[std::string(series.label("user"))];
        member.*column.held.*column.amount = value;
    }
}

}  // namespace

std::optional<double> Held::wasted() const {
    if (!allocated || !used) return std::nullopt;
    return std::max(*allocated - *used, 0.0);
}

std::optional<double> Held::share() const {
    if (!allocated || !used || *allocated <= 0) return std::nullopt;
    return *used / *allocated;
}

void Held::add(const Held& other) {
    add_amount(allocated, other.allocated);
    add_amount(used, other.used);
}

void MemberUse::add(const MemberUse& other) {
    cores.add(other.cores);
    memory.add(other.memory);
    gpus.add(other.gpus);
}

std::optional<prometheus::Ticket> ask_account_use(const AccountName& account, TimeRange range,
                                                  Context& context) {
    const Exporters& exporters = context.site.exporters;
    std::vector<Expr> parts;
    for (const Column& column : kColumns) {
        if (!exporters.job.enabled) break;
        const Selector rule = Selector(column.rule).eq("account", account.full);
        parts.push_back(promql::tagged(column.part, recorded_hours({"user"}, rule, range)));
    }
    if (const auto priority = priority_of(account, exporters)) {
        parts.push_back(promql::tagged(kPriority, promql::max_by({}, priority->now())));
    }
    if (parts.empty()) return std::nullopt;
    return context.metrics.ask({promql::either(parts), prometheus::Grid::at_instant(range.to)});
}

Result<AccountUse> collect_account_use(prometheus::Ticket ticket, Context& context) {
    const auto answer = context.metrics.collect(ticket);
    if (!answer.ok()) return answer.error();
    AccountUse use;
    for (const prometheus::Series& series : answer.value().series) take(use, series);
    return use;
}

Result<bool> is_measured(const AccountName& account, Seconds back, Context& context) {
    const Selector rule = Selector(metric::kRuleAllocatedCores).eq("account", account.full);
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
