#include "handlers/top/days_page.h"

#include <algorithm>
#include <array>

#include "fcgi/base/login.h"
#include "fcgi/base/url.h"
#include "fcgi/http/http_error.h"
#include "handlers/access/account_name.h"
#include "handlers/days/kept.h"
#include "handlers/days/sums.h"
#include "handlers/days/table.h"
#include "handlers/jobs/job_text.h"
#include "handlers/page/errors.h"
#include "handlers/page/page_link.h"
#include "handlers/top/way.h"

namespace portal::top {
namespace {

using database::DayDb;
using database::Days;
using database::DaySums;
using By = DayDb::By;

constexpr std::array<std::string_view, 3> kOfRows = {"by", "sort", "user"};
/// People or accounts in the table of time limits.
constexpr std::size_t kMostLimits = 20;

std::string page_path(const Site& site) {
    return top_link(site) + "waste/";
}

By by_of(const Request& request) {
    const std::string by = request.parameter("by").value_or("user");
    if (by == "user") return By::Person;
    if (by == "account") return By::Account;
    throw HttpError(400, views::sentence("The table has no such rows.").id);
}

/// To the jobs that ended on these days: a person's, or an account's by person.
std::string link_of(const std::string& name, By by, const DayPeriod& period, const Site& site) {
    if (by == By::Person) {
        if (!parse_username(name)) return {};
        const TimeRange range = range_of_days(period.days);
        return user_link(site, name) + "waste/?start=" + std::to_string(unix_seconds(range.from)) +
               "&end=" + std::to_string(unix_seconds(range.to));
    }
    if (!parse_account(name)) return {};
    return site.base_path + "/secure/accountstats/" + url::encode(name) +
           "/waste/?days=" + std::to_string(period.days.count());
}

DaySumsOf sums_of(By by, const DayPeriod& period, const Site& site) {
    DaySumsOf sums;
    sums.page = page_path(site);
    sums.who = by == By::Person ? views::sentence("User") : views::sentence("Account");
    sums.link = [by, period, &site](const std::string& name) {
        return link_of(name, by, period, site);
    };
    sums.most = site.top.users;
    return sums;
}

/// How many hours were asked for in vain.
double left_over(const views::TimeLimitRow& row) {
    return row.requested.value_or(0) - row.ran.value_or(0);
}

views::TimeLimitRow limits_of(const DaySums& sums) {
    views::TimeLimitRow row{.name = sums.name,
                            .link = {},
                            .short_jobs = sums.short_jobs,
                            .limit_jobs = sums.limit_jobs,
                            .limit_reached = sums.limit_reached,
                            .requested = {},
                            .ran = {},
                            .share = {}};
    if (sums.requested_s) row.requested = *sums.requested_s / kSecondsPerHour;
    if (sums.ran_s) row.ran = *sums.ran_s / kSecondsPerHour;
    if (row.ran && row.requested.value_or(0) > 0) row.share = *row.ran / *row.requested;
    return row;
}

/// Those who left most of the requested hours unused first.
views::TimeLimitTable limit_table(const std::vector<DaySums>& rows, views::Sentence who) {
    views::TimeLimitTable table{std::move(who), {}};
    for (const DaySums& one : rows) table.rows.push_back(limits_of(one));
    std::stable_sort(table.rows.begin(), table.rows.end(),
                     [](const auto& a, const auto& b) { return left_over(a) > left_over(b); });
    return table;
}

/// The table of whoever left most, with their links.
views::TimeLimitTable limits_by(const DaySumsOf& sums) {
    views::TimeLimitTable table = limit_table(sums.rows, sums.who);
    if (table.rows.size() > kMostLimits) table.rows.resize(kMostLimits);
    for (views::TimeLimitRow& row : table.rows) {
        if (!row.name.empty()) row.link = sums.link(row.name);
    }
    return table;
}

/// All that the page asks the portal's own database.
struct Found {
    std::vector<DaySums> by_day;
    std::vector<DaySums> partitions;
    KeptPart kept;
};

std::optional<SourceError> read(DaySumsOf& sums, Found& found, By by, const DayPeriod& period,
                                DayDb& db) {
    const auto take = [](Result<std::vector<DaySums>> answer,
                         std::vector<DaySums>& into) -> std::optional<SourceError> {
        if (!answer.ok()) return answer.error();
        into = std::move(answer).value();
        return std::nullopt;
    };
    if (auto failed = take(db.of_all(period.days, by), sums.rows)) return failed;
    if (auto failed = take(db.of_all(period.before, by), sums.before)) return failed;
    if (auto failed = take(db.of_all(period.days, By::EachDay), found.by_day)) return failed;
    return take(db.of_all(period.days, By::Partition), found.partitions);
}

views::TopDaysPage page_of(const Visit& visit, const DaySumsOf& sums, const Found& found,
                           Context& context) {
    const Request& request = visit.request;
    const Site& site = context.site;
    const DayPeriod period = day_period(request, context.clock.now());
    views::TopDaysPage page;
    page.frame = frame_below_top(visit, context, days_title());
    page.first = date_of(period.days.from);
    page.last = date_of(period.days.to - 1);
    page.ranges = period_choices(request, site, false);
    page.accounts = by_of(request) == By::Account;
    page.people_link = page_link(request, sums.page, kOfRows, "by", "");
    page.accounts_link = page_link(request, sums.page, kOfRows, "by", "account");
    page.file_link = page_link(request, top_link(site) + "waste.csv", kOfRows, "by",
                               page.accounts ? "account" : "");
    const DaySums whole = total_of(sums.rows);
    page.jobs = whole.jobs;
    page.whole = waste_numbers(whole);
    page.earlier = waste_numbers(total_of(sums.before));
    page.since = found.kept.since;
    page.currency = site.cost.currency;
    if (auto most = most_waste(sums.rows, site)) {
        page.most = std::move(most->names);
        page.most_part = most->part;
    }
    page.table = day_table(request, sums, site);
    page.bars = day_bars(found.by_day, period.days);
    page.partitions = limit_table(found.partitions, views::sentence("Partition"));
    page.people = limits_by(sums);
    return page;
}

}  // namespace

Response days_page(const Visit& visit, Context& context) {
    if (!context.site.scripts.enabled) throw HttpError(404, "");
    const By by = by_of(visit.request);
    const DayPeriod period = day_period(visit.request, context.clock.now());
    check_day_sorting(visit.request);
    DaySumsOf sums = sums_of(by, period, context.site);
    Found found;
    if (const auto failed = read(sums, found, by, period, context.portal_db.days())) {
        return source_missing_page(visit, context, *failed);
    }
    auto kept = kept_part(range_of_days(period.days), context);
    if (!kept.ok()) return source_missing_page(visit, context, kept.error());
    found.kept = std::move(kept).value();
    if (!found.kept.before) sums.before.clear();
    return context.views.render(page_of(visit, sums, found, context));
}

Response days_file(const Visit& visit, Context& context) {
    if (!context.site.scripts.enabled) throw HttpError(404, "");
    const By by = by_of(visit.request);
    const DayPeriod period = day_period(visit.request, context.clock.now());
    auto rows = context.portal_db.days().of_all(period.days, by);
    if (!rows.ok()) return source_missing_page(visit, context, rows.error());
    DaySumsOf sums = sums_of(by, period, context.site);
    sums.rows = std::move(rows).value();
    return day_csv(sums, period.days, by == By::Person ? "waste-by-user" : "waste-by-account",
                   context.site);
}

std::vector<views::RangeChoice> period_choices(const Request& request, const Site& site, bool now) {
    if (!site.scripts.enabled) return {};
    std::vector<views::RangeChoice> choices;
    if (site.exporters.job.enabled) choices.push_back({{}, top_link(site) + "compute/", now});
    for (views::RangeChoice& choice : day_choices(request, page_path(site), now)) {
        choices.push_back(std::move(choice));
    }
    return choices;
}

}  // namespace portal::top
