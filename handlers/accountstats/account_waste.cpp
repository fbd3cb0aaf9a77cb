#include "handlers/accountstats/account_waste.h"

#include <array>

#include "fcgi/base/login.h"
#include "fcgi/http/http_error.h"
#include "handlers/accountstats/account_page.h"
#include "handlers/days/kept.h"
#include "handlers/days/sums.h"
#include "handlers/days/table.h"
#include "handlers/jobs/job_text.h"
#include "handlers/page/errors.h"
#include "handlers/page/frame.h"
#include "handlers/page/page_link.h"

namespace portal::accountstats {
namespace {

using database::DayDb;
using database::Days;
using database::DaySums;
using By = DayDb::By;

constexpr std::array<std::string_view, 1> kOrder = {"sort"};

/// Jobs are for their owner and for staff.
std::string jobs_link(const std::string& login, Days days, const Viewer& viewer, const Site& site) {
    const bool mine = login == viewer.login.value;
    if (!parse_username(login) || (!mine && !viewer.staff)) return {};
    const TimeRange range = range_of_days(days);
    return user_link(site, login) + "waste/?start=" + std::to_string(unix_seconds(range.from)) +
           "&end=" + std::to_string(unix_seconds(range.to));
}

DaySumsOf sums_of(const Visit& visit, Days days, const Site& site) {
    DaySumsOf sums;
    sums.page = account_link(site, visit.captures.account.full) + "waste/";
    sums.who = views::sentence("User");
    sums.link = [days, viewer = visit.viewer, &site](const std::string& login) {
        return jobs_link(login, days, viewer, site);
    };
    return sums;
}

views::AccountWastePage page_of(const Visit& visit, const DaySumsOf& sums,
                                const std::vector<DaySums>& by_day, const DayPeriod& period,
                                Context& context) {
    const Site& site = context.site;
    const std::string& account = visit.captures.account.full;
    views::AccountWastePage page;
    page.frame = frame_of(visit, site, context.clock.now(), "");
    page.frame.crumbs = {{views::sentence("My accounts"), index_link(site)},
                         {views::sentence("Account {0}", {views::text_argument(account)}),
                          account_link(site, account)}};
    page.account = account;
    page.first = date_of(period.days.from);
    page.last = date_of(period.days.to - 1);
    page.ranges = day_choices(visit.request, sums.page);
    page.file_link =
        page_link(visit.request, account_link(site, account) + "waste.csv", kOrder, "sort", "");
    const DaySums whole = total_of(sums.rows);
    page.jobs = whole.jobs;
    page.whole = waste_numbers(whole);
    page.earlier = waste_numbers(total_of(sums.before));
    page.currency = site.cost.currency;
    page.table = day_table(visit.request, sums, site);
    page.bars = day_bars(by_day, period.days);
    return page;
}

}  // namespace

Response account_waste(const Visit& visit, Context& context) {
    if (!context.site.scripts.enabled) throw HttpError(404, "");
    const DayPeriod period = day_period(visit.request, context.clock.now());
    check_day_sorting(visit.request);
    const std::vector<std::string> names = visit.captures.account.labels();
    DayDb& db = context.portal_db.days();
    auto rows = db.of_account(names, period.days, By::Person);
    if (!rows.ok()) return source_missing_page(visit, context, rows.error());
    auto before = db.of_account(names, period.before, By::Person);
    if (!before.ok()) return source_missing_page(visit, context, before.error());
    const auto by_day = db.of_account(names, period.days, By::EachDay);
    if (!by_day.ok()) return source_missing_page(visit, context, by_day.error());
    auto kept = kept_part(range_of_days(period.days), context);
    if (!kept.ok()) return source_missing_page(visit, context, kept.error());
    DaySumsOf sums = sums_of(visit, period.days, context.site);
    sums.rows = std::move(rows).value();
    if (kept.value().before) sums.before = std::move(before).value();
    views::AccountWastePage page = page_of(visit, sums, by_day.value(), period, context);
    page.since = std::move(kept).value().since;
    return context.views.render(page);
}

Response account_waste_file(const Visit& visit, Context& context) {
    if (!context.site.scripts.enabled) throw HttpError(404, "");
    const DayPeriod period = day_period(visit.request, context.clock.now());
    auto rows = context.portal_db.days().of_account(visit.captures.account.labels(), period.days,
                                                    By::Person);
    if (!rows.ok()) return source_missing_page(visit, context, rows.error());
    DaySumsOf sums = sums_of(visit, period.days, context.site);
    sums.rows = std::move(rows).value();
    return day_csv(sums, period.days, "waste-by-member", context.site);
}

}  // namespace portal::accountstats
