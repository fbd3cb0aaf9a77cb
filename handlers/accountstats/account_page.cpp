#include "handlers/accountstats/account_page.h"

#include <algorithm>
#include <cmath>

#include "fcgi/base/login.h"
#include "fcgi/base/url.h"
#include "fcgi/http/http_error.h"
#include "handlers/accountstats/account_graphs.h"
#include "handlers/accountstats/member_rows.h"
#include "handlers/accountstats/member_use.h"
#include "handlers/graphs/charts.h"
#include "handlers/page/errors.h"
#include "handlers/page/frame.h"

namespace portal::accountstats {
namespace {

using Weight = views::Notice::Weight;
using FoundAllocation = Result<std::optional<ldap::Allocation>>;

/// All that the page asks its sources, collected.
struct AccountData {
    Result<AccountUse> use;
    FoundAllocation allocation;

    [[nodiscard]] const ldap::Allocation* group() const {
        return allocation.ok() && allocation.value() ? &*allocation.value() : nullptr;
    }
};

AccountData read_account(const AccountName& account, TimeRange range, Context& context) {
    auto asked = ask_account_use(account, range, context);
    AccountData data{AccountUse{}, context.directory.allocation(account.group)};
    if (!data.allocation.ok()) log_missing(data.allocation.error());
    if (asked) data.use = collect_account_use(std::move(*asked), context);
    if (!data.use.ok()) log_missing(data.use.error());
    return data;
}

/// Throws HttpError 404 for an account that neither the directory nor Prometheus has heard of; what
/// could not be asked may exist.
void check_existence(const AccountName& account, const AccountData& data, Context& context) {
    const bool unknown_group = data.allocation.ok() && !data.allocation.value();
    if (!unknown_group || !data.use.ok() || data.use.value().known()) return;
    const auto measured = is_measured(account, kAccountRanges.longest, context);
    if (measured.ok() && !measured.value()) throw HttpError(404, "");
}

/// "8.5 GPUs were allocated ...": the count selects singular or plural, the amount is shown.
views::Sentence amount_sentence(double amount, bool gpu) {
    const auto count = amount == 1 ? 1U : static_cast<std::uint64_t>(std::ceil(amount));
    views::Sentence sentence =
        gpu ? views::plural_sentence(
                  "{0} GPU was allocated to this account by the resource allocation competition.",
                  "{0} GPUs were allocated to this account by the resource allocation "
                  "competition.",
                  count)
            : views::plural_sentence(
                  "{0} core was allocated to this account by the resource allocation competition.",
                  "{0} cores were allocated to this account by the resource allocation "
                  "competition.",
                  count);
    sentence.arguments[0] = views::number_argument(amount);
    return sentence;
}

views::Sentence granted_sentence(const AccountName& account, const ldap::Allocation& group,
                                 const Site& site) {
    if (account.is_default(site.default_account_prefix)) {
        return views::sentence(
            "This is a default account: it has no award from the resource allocation competition.");
    }
    const auto& amount =
        account.gpu ? group.resources.gpu_equivalent : group.resources.core_equivalent;
    if (amount) return amount_sentence(*amount, account.gpu);
    return account.gpu
               ? views::sentence(
                     "The resource allocation competition gave this account no GPUs of its own.")
               : views::sentence(
                     "The resource allocation competition gave this account no cores of its own.");
}

void add_notice(views::AccountPage& page, Weight weight, views::Sentence text) {
    page.notices.push_back({weight, {}, std::move(text), {}});
}

/// The parts of what is shown that are in no share.
void tell_open(views::AccountPage& page, const AccountUse& use) {
    MemberUse all;
    for (const auto& [login, member] : use.members) all.add(member);
    if (all.gpus.unmeasured.value_or(0) > 0) {
        add_notice(page, Weight::Information,
                   views::sentence("The use of {0} GPU-hours is not known: they count neither as "
                                   "used nor as wasted.",
                                   {views::number_argument(*all.gpus.unmeasured)}));
    }
    if (all.memory.unlimited.value_or(0) > 0) {
        add_notice(page, Weight::Information,
                   views::sentence("Some jobs had no limit of memory: what they used counts in no "
                                   "used share."));
    }
}

void fill_notices(views::AccountPage& page, const AccountData& data) {
    if (data.use.ok()) tell_open(page, data.use.value());
    if (!data.use.ok()) {
        add_notice(page, Weight::Error,
                   views::sentence("Measurements are not available: who used what is missing from "
                                   "this page."));
    }
    if (!data.allocation.ok()) {
        add_notice(page, Weight::Warning,
                   views::sentence("The directory is not available: who is a member and what was "
                                   "allocated to the account are missing from this page."));
    } else if (data.group() == nullptr) {
        add_notice(page, Weight::Information,
                   views::sentence("The directory has no active allocation of this name. This page "
                                   "shows what was measured."));
    }
}

/// Members of the group without any row.
std::vector<std::string> idle_members(const AccountData& data) {
    std::vector<std::string> idle;
    if (data.group() == nullptr || !data.use.ok()) return idle;
    const auto& used = data.use.value().members;
    for (const std::string& login : data.group()->members) {
        const bool active = std::any_of(used.begin(), used.end(), [&](const auto& one) {
            return same_login(one.first, login);
        });
        if (!active) idle.push_back(login);
    }
    std::sort(idle.begin(), idle.end());
    return idle;
}

bool has_gpus(const views::MemberTable& table) {
    const auto& measures = table.measures;
    return std::count(measures.begin(), measures.end(), views::MemberTable::Measure::Gpus) > 0;
}

/// GPUs lead for an account that is charged for them.
void fill_charts(views::AccountPage& page, const AccountName& account, const Site& site) {
    const bool gpus = account.gpu || has_gpus(page.members);
    const std::string_view priority = account.gpu ? "gpu_priority" : "cpu_priority";
    for (const graph::Family<AccountName>& family : account_graphs().families) {
        if (!family.exporter(site.exporters).enabled) continue;
        std::vector<views::ChartRef> charts = charts_of(family, page.base, "", site);
        const bool of_gpus = family.section == "gpu" || family.section == "power";
        if (family.slug == priority) page.priority_charts = charts;
        if (family.section.empty() || (of_gpus && !gpus)) continue;
        page.sections.push_back({std::string(family.section), std::move(charts)});
    }
    if (!account.gpu) return;
    std::stable_partition(page.sections.begin(), page.sections.end(), [](const auto& section) {
        return section.id == "gpu" || section.id == "power";
    });
}

Reading priority_reading(const Result<AccountUse>& use) {
    if (!use.ok()) return Unavailable{use.error().source};
    if (!use.value().priority) return NoData{};
    return *use.value().priority;
}

views::AccountPage page_of(const Visit& visit, const AccountName& account, const AccountData& data,
                           Context& context) {
    const Exporters& exporters = context.site.exporters;
    views::AccountPage page;
    page.frame = frame_of(visit, context.site, context.clock.now(), "");
    page.frame.crumbs = {
        {views::sentence("My accounts"), index_link(context.site)},
        {views::sentence("Account {0}", {views::text_argument(account.full)}), {}}};
    page.account = account.full;
    page.base = account_link(context.site, account.full);
    page.measured = exporters.job.enabled;
    if (context.site.scripts.enabled) page.waste_link = page.base + "waste/";
    page.ranges = range_choices(visit.request, page.base, kAccountRanges);
    page.range_given = visit.request.parameter("start") || visit.request.parameter("end") ||
                       visit.request.parameter("delta");
    if (exporters.account.enabled) page.priority = priority_reading(data.use);
    if (data.group() != nullptr) {
        page.granted = granted_sentence(account, *data.group(), context.site);
    }
    const auto* members = data.group() == nullptr ? nullptr : &data.group()->members;
    page.members = data.use.ok() ? member_table(visit, {account, page.base, members},
                                                data.use.value(), context)
                                 : no_member_table(data.use.error());
    page.idle = idle_members(data);
    fill_charts(page, account, context.site);
    fill_notices(page, data);
    return page;
}

}  // namespace

std::string index_link(const Site& site) {
    return site.base_path + "/secure/accountstats/";
}

std::string account_link(const Site& site, const std::string& account) {
    return index_link(site) + url::encode(account) + "/";
}

Response account_page(const Visit& visit, Context& context) {
    const AccountName& account = visit.captures.account;
    const TimeRange range = page_range(visit.request, context.clock.now(), kAccountRanges);
    check_sorting(visit.request, account);
    const AccountData data = read_account(account, range, context);
    check_existence(account, data, context);
    Response response = context.views.render(page_of(visit, account, data, context));
    if (!data.use.ok()) become_unavailable(response);
    return response;
}

}  // namespace portal::accountstats
