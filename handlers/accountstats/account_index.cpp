#include "handlers/accountstats/account_index.h"

#include <cmath>
#include <map>

#include "fcgi/http/http_error.h"
#include "handlers/access/person.h"
#include "handlers/accountstats/account_page.h"
#include "handlers/jobs/shares.h"
#include "handlers/page/errors.h"
#include "handlers/page/frame.h"
#include "handlers/page/links.h"
#include "handlers/sources/prometheus/exporters.h"

namespace portal::accountstats {
namespace {

using ldap::Allocation;
using promql::Expr;
using promql::Selector;
using views::AccountRow;
using views::AccountSection;
using Kind = AccountSection::Kind;

constexpr const char* kEndings[] = {"_cpu", "_gpu"};

/// What is measured of the accounts right now, by account and kind of value.
using LiveValues = std::map<std::pair<std::string, std::string>, double>;

/// An amount of nothing is none.
std::optional<double> granted_amount(const std::optional<double>& amount) {
    return amount && *amount > 0 ? amount : std::nullopt;
}

Kind kind_of(const Allocation& allocation, const Site& site) {
    const auto name = parse_account(allocation.group);
    if (name && name->is_default(site.default_account_prefix)) return Kind::Default;
    const ldap::AllocatedResources& granted = allocation.resources;
    const bool computes =
        granted_amount(granted.core_equivalent) || granted_amount(granted.gpu_equivalent);
    return computes ? Kind::Competition : Kind::Other;
}

/// Accounts of an allocation: of the competition those with an amount, else both.
void add_rows(AccountSection& section, const Allocation& allocation, const Site& site) {
    const ldap::AllocatedResources& granted = allocation.resources;
    const bool competition = section.kind == Kind::Competition;
    for (const std::string ending : kEndings) {
        AccountRow row;
        row.account = allocation.group + ending;
        if (!parse_account(row.account)) continue;  // no name that Slurm would have
        row.link = account_link(site, row.account);
        row.gpu = ending == "_gpu";
        if (competition) {
            row.granted =
                reading(granted_amount(row.gpu ? granted.gpu_equivalent : granted.core_equivalent));
            if (std::holds_alternative<NoData>(row.granted)) continue;
        }
        section.rows.push_back(std::move(row));
    }
}

std::vector<AccountSection> sections_of(const std::vector<Allocation>& allocations,
                                        const Site& site) {
    std::vector<AccountSection> sections;
    for (const Kind kind : {Kind::Competition, Kind::Default, Kind::Other}) {
        AccountSection section{kind, {}};
        for (const Allocation& allocation : allocations) {
            if (kind_of(allocation, site) == kind) add_rows(section, allocation, site);
        }
        if (!section.rows.empty()) sections.push_back(std::move(section));
    }
    return sections;
}

/// One query about all of them.
Expr question(const std::vector<std::string>& accounts, const Exporters& exporters) {
    const auto of_accounts = [&](Selector selector) {
        return selector.one_of("account", accounts).now();
    };
    std::vector<Expr> parts;
    const auto add_rule = [&](promql::Literal part, promql::Literal rule) {
        parts.push_back(
            promql::tagged(part, promql::sum_by({"account"}, of_accounts(Selector(rule)))));
    };
    if (exporters.job.enabled) {
        add_rule("cpu_allocated", metric::kRuleAllocatedCores);
        add_rule("cpu_used", metric::kRuleUsedCores);
        add_rule("gpu_allocated", metric::kRuleAllocatedGpus);
        add_rule("gpu_used", metric::kRuleUsedGpus);
    }
    const auto metric = promql::MetricName::parse(exporters.account.metric);
    if (exporters.account.enabled && metric) {
        parts.push_back(promql::tagged(
            "priority", promql::max_by({"account"}, of_accounts(Selector(*metric)))));
    }
    return promql::either(parts);
}

Result<LiveValues> live_values(const std::vector<std::string>& accounts, Context& context) {
    const auto now = prometheus::Grid::at_instant(context.clock.now());
    const auto answer = context.metrics.collect(
        context.metrics.ask({question(accounts, context.site.exporters), now}));
    if (!answer.ok()) return answer.error();
    LiveValues values;
    for (const prometheus::Series& series : answer.value().series) {
        const double value = series.values.at(0);
        if (std::isnan(value)) continue;
        values[{std::string(series.label("account")), std::string(series.label("part"))}] = value;
    }
    return values;
}

void fill_live(AccountRow& row, const LiveValues& values) {
    const auto value = [&](const std::string& part) -> Reading {
        const auto found = values.find({row.account, part});
        if (found == values.end()) return NoData{};
        return found->second;
    };
    const std::string kind = row.gpu ? "gpu" : "cpu";
    row.allocated = value(kind + "_allocated");
    row.used = value(kind + "_used");
    row.priority = value("priority");
}

void add_live(views::AccountIndexPage& page, Context& context) {
    std::vector<std::string> accounts;
    for (const AccountSection& section : page.sections) {
        for (const AccountRow& row : section.rows) accounts.push_back(row.account);
    }
    if (accounts.empty() || (!page.measured && !page.has_priority)) return;
    const auto values = live_values(accounts, context);
    if (!values.ok()) log_missing(values.error());
    for (AccountSection& section : page.sections) {
        for (AccountRow& row : section.rows) {
            if (values.ok()) {
                fill_live(row, values.value());
            } else {
                row.allocated = row.used = row.priority = Unavailable{values.error().source};
            }
        }
    }
}

Response open_account(const std::string& text, const Site& site) {
    const auto account = parse_account(text);
    if (!account) {
        throw HttpError(400, views::sentence("This is not the name of an account.").id);
    }
    return redirect(302, account_link(site, account->full));
}

}  // namespace

Response account_index(const Visit& visit, Context& context) {
    if (const auto asked = visit.request.parameter("account"))
        return open_account(*asked, context.site);
    const auto allocations = context.directory.allocations_of(settled_login(visit.viewer, context));
    if (!allocations.ok()) return source_missing_page(visit, context, allocations.error());
    views::AccountIndexPage page;
    page.frame = frame_of(visit, context.site, context.clock.now(), "");
    page.path = index_link(context.site);
    page.measured = context.site.exporters.job.enabled;
    page.has_priority = context.site.exporters.account.enabled;
    page.sections = sections_of(allocations.value(), context.site);
    add_live(page, context);
    return context.views.render(page);
}

}  // namespace portal::accountstats
