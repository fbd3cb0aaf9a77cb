#include "handlers/accountstats/account_index.h"

#include <cmath>
#include <map>

#include "fcgi/base/text.h"
#include "fcgi/http/http_error.h"
#include "handlers/access/person.h"
#include "handlers/accountstats/account_page.h"
#include "handlers/accountstats/member_use.h"
#include "handlers/graphs/held.h"
#include "handlers/jobs/shares.h"
#include "handlers/page/errors.h"
#include "handlers/page/frame.h"
#include "handlers/page/links.h"
#include "handlers/sources/prometheus/exporters.h"
#include "views/pages/accountstats/priority.h"

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

/// An amount of zero counts as no amount.
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
        if (!parse_account(row.account)) continue;  // tell_left_out() names it
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
Expr question(const std::vector<std::string>& accounts, const Site& site) {
    const Exporters& exporters = site.exporters;
    const auto of_accounts = [&](Selector selector) {
        return selector.one_of("account", accounts);
    };
    const auto now = prometheus::Grid::at_instant({});
    std::vector<Expr> parts;
    const auto add_rule = [&](promql::Literal part, const metric::Metric& rule) {
        const Expr values = recorded({"account"}, of_accounts(Selector(rule)), now);
        parts.push_back(promql::tagged(part, in_cores(values, rule, site)));
    };
    if (exporters.job.enabled) {
        add_rule("cpu_allocated", metric::kRuleAllocatedCores);
        add_rule("cpu_used", metric::kRuleUsedCores);
        add_rule("gpu_allocated", metric::kRuleAllocatedGpus);
        add_rule("gpu_used", metric::kRuleUsedGpus);
    }
    const auto metric = promql::MetricName::parse(exporters.account.metric);
    if (exporters.account.enabled && metric) {
        const Expr value = promql::max_by({"account"}, of_accounts(Selector(*metric)).now());
        parts.push_back(promql::tagged("priority", value));
        parts.push_back(promql::tagged("highest", is_infinite({"account"}, value)));
    }
    return promql::either(parts);
}

Result<LiveValues> live_values(const std::vector<std::string>& accounts, Context& context) {
    const auto now = prometheus::Grid::at_instant(context.clock.now());
    const auto answer =
        context.metrics.collect(context.metrics.ask({question(accounts, context.site), now}));
    if (!answer.ok()) return answer.error();
    LiveValues values;
    for (const prometheus::Series& series : answer.value().series) {
        const double value = series.values.at(0);
        if (std::isnan(value)) continue;
        values[{std::string(series.label("account")), std::string(series.label("part"))}] = value;
    }
    return values;
}

std::vector<std::string> labels_of(const AccountRow& row) {
    const auto account = parse_account(row.account);
    return account ? account->labels() : std::vector<std::string>{};
}

void fill_live(AccountRow& row, const LiveValues& values, const Site& site) {
    const auto value = [&](const std::string& part) -> Reading {
        for (const std::string& label : labels_of(row)) {
            const auto found = values.find({label, part});
            if (found != values.end() && found->second >= 0) return found->second;
        }
        return NoData{};
    };
    const std::string kind = row.gpu ? "gpu" : "cpu";
    row.allocated = value(kind + "_allocated");
    row.used = value(kind + "_used");
    const auto held = number(row.allocated);
    const auto used = number(row.used);
    if (!row.gpu && held && used) row.used = cores_in_use(*used, *held, site.threads_per_core);
    row.priority = value("priority");
    if (std::holds_alternative<double>(value("highest"))) row.priority = views::kHighestPriority;
}

void add_live(views::AccountIndexPage& page, Context& context) {
    std::vector<std::string> accounts;
    for (const AccountSection& section : page.sections) {
        for (const AccountRow& row : section.rows) {
            for (std::string& label : labels_of(row)) accounts.push_back(std::move(label));
        }
    }
    if (accounts.empty() || (!page.measured && !page.has_priority)) return;
    const auto values = live_values(accounts, context);
    if (!values.ok()) log_missing(values.error());
    for (AccountSection& section : page.sections) {
        for (AccountRow& row : section.rows) {
            if (values.ok()) {
                fill_live(row, values.value(), context.site);
            } else {
                row.allocated = row.used = row.priority = Unavailable{values.error().source};
            }
        }
    }
}

/// Names the groups that are not in the list, so that none disappears silently.
void tell_left_out(views::AccountIndexPage& page, const std::vector<Allocation>& allocations) {
    std::string names;
    for (const Allocation& allocation : allocations) {
        if (parse_account(allocation.group + kEndings[0])) continue;
        names.append(names.empty() ? "" : ", ").append(text::to_utf8(allocation.group));
    }
    if (names.empty()) return;
    page.notices.push_back(
        {views::Notice::Weight::Warning,
         {},
         views::sentence("Left out, because no account can have such a name: {0}. Ask the people "
                         "who run the portal.",
                         {views::text_argument(std::move(names))}),
         {}});
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
    tell_left_out(page, allocations.value());
    add_live(page, context);
    return context.views.render(page);
}

}  // namespace portal::accountstats
