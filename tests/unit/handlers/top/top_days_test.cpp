// What everybody's jobs of some days wasted: periods, order, who most of it is, what links say.
#include <boost/test/unit_test.hpp>

#include "tests/fakes/portal_fixture.h"
#include "views/renderer.h"

namespace {

using namespace portal;
using database::Day;
using database::DaySums;
using By = database::DayDb::By;

constexpr double kHours = 3600;

DaySums sums(const std::string& name, double cores, double used) {
    DaySums one;
    one.name = name;
    one.jobs = 10;
    one.core_s = one.known_core_s = cores * kHours;
    one.used_core_s = used * kHours;
    one.wasted_core_s = (cores - used) * kHours;
    one.limit_jobs = 8;
    one.limit_reached = 2;
    one.requested_s = 100 * kHours;
    one.ran_s = 25 * kHours;
    return one;
}

struct TopDaysFixture : fakes::PortalFixture {
    TopDaysFixture() {
        sign_in("boss", true);
        site.scripts.enabled = true;
        site.exporters.job.enabled = true;
        db.rows[By::Person] = {sums("ann", 100, 90), sums("ben", 400, 100), sums("", 20, 10)};
        db.rows[By::Account] = {sums("def-ann", 520, 200)};
    }

    const views::TopDaysPage& page(const std::string& query = "") {
        const Response response = get("/secure/top/waste/", query);
        BOOST_TEST_REQUIRE(response.status == 200);
        return *views.last<views::TopDaysPage>();
    }
    std::string order(const std::string& query = "") {
        std::string names;
        for (const auto& row : page(query).table.rows) names += row.name + ' ';
        return names;
    }

    fakes::FakeDayDb& db = portal_db.sums;
    Day today = database::day_of(clock.now());
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(top_days, TopDaysFixture)

BOOST_AUTO_TEST_CASE(the_most_waste_stands_first_unless_the_address_says_otherwise) {
    BOOST_TEST(order() == "ben ann  ");
    BOOST_TEST(order("sort=user") == " ann ben ");
    BOOST_TEST(order("sort=cores_used") == "ben  ann ");
    BOOST_TEST(get("/secure/top/waste/", "sort=nothing").status == 400);

    const auto& table = page().table;
    BOOST_TEST(*table.rows[0].part == 300.0 / 320);
    BOOST_TEST(*table.rows[0].cores.share == 0.25);
    BOOST_TEST(*table.total.cores.had == 520);
    BOOST_TEST(!table.gpus);
    BOOST_TEST(!table.rows[0].gpus.had.has_value());
    BOOST_TEST(!table.rows[0].cost.has_value());
}

BOOST_AUTO_TEST_CASE(a_period_is_whole_days_up_to_yesterday_and_as_many_before) {
    page("days=30");

    BOOST_TEST_REQUIRE(db.asked.size() == 4U);
    BOOST_TEST((db.asked[0] == database::Days{today - 30, today}));
    BOOST_TEST((db.asked[1] == database::Days{today - 60, today - 30}));
    BOOST_TEST(page().ranges.size() == 5U);
    BOOST_TEST(page().ranges[2].current);
    for (const char* query : {"days=2", "days=", "days=-1", "by=job"}) {
        BOOST_TEST(get("/secure/top/waste/", query).status == 400, query);
    }
}

BOOST_AUTO_TEST_CASE(a_change_compares_with_the_days_before) {
    db.change = today - 1;
    db.earlier[By::Person] = {sums("ben", 300, 150)};

    const auto& table = page("days=1").table;

    BOOST_TEST(*table.rows[0].change == 1.0);
    BOOST_TEST(!table.rows[1].change.has_value());
    BOOST_TEST(*table.total.change == 320.0 / 150 - 1, boost::test_tools::tolerance(1e-9));
}

BOOST_AUTO_TEST_CASE(days_that_were_not_kept_are_no_days_without_waste) {
    db.change = today - 1;
    db.earlier[By::Person] = {sums("ben", 300, 150)};
    portal_db.kept.kept_span = TimeRange{database::beginning_of(today - 2) + kHour, clock.now()};
    BOOST_TEST(page("days=1").table.rows[0].change.has_value());
    BOOST_TEST(page("days=1").since.empty());

    portal_db.kept.kept_span->from = database::beginning_of(today - 2) + 2 * kHour;
    BOOST_TEST(!page("days=1").table.rows[0].change.has_value(), "most of it is not kept");

    portal_db.kept.kept_span->from = clock.now() - kHour;
    const auto& shown = page("days=7");
    BOOST_TEST(!shown.table.rows[0].change.has_value());
    BOOST_TEST(!shown.earlier.core_hours.has_value());
    BOOST_TEST(shown.since.id == "The portal has kept jobs since {0}.");
}

BOOST_AUTO_TEST_CASE(without_prices_a_gpu_weighs_as_the_cores_that_belong_to_it) {
    site.cost = {};
    for (auto& model : site.gpus) model.cores = 12;
    db.rows[By::Person][0].wasted_gpu_s = 30 * kHours;

    BOOST_TEST(order() == "ann ben  ");
    BOOST_TEST(*page().table.rows[0].part == 370.0 / 680);
}

BOOST_AUTO_TEST_CASE(money_is_the_measure_where_there_are_prices) {
    db.rows[By::Person][0].wasted_cost = 50;
    db.rows[By::Person][1].wasted_cost = 10;

    BOOST_TEST(order() == "ann ben  ");
    BOOST_TEST(page().table.cost);
    BOOST_TEST(*page().table.rows[0].part == 50.0 / 60);
    BOOST_TEST(!page().table.rows[2].part.has_value());
}

BOOST_AUTO_TEST_CASE(five_of_more_are_named) {
    BOOST_TEST(page().most.empty());
    for (const char* name : {"c", "d", "e"}) db.rows[By::Person].push_back(sums(name, 10, 8));

    const auto& shown = page();

    BOOST_TEST(shown.most == (std::vector<std::string>{"ben", "ann", "", "c", "d"}),
               boost::test_tools::per_element());
    BOOST_TEST(shown.most_part == 324.0 / 326, boost::test_tools::tolerance(1e-9));
}

BOOST_AUTO_TEST_CASE(a_line_leads_to_the_jobs_behind_it) {
    const std::string from = std::to_string((today - 7) * 86'400);
    const std::string to = std::to_string(today * 86'400);

    BOOST_TEST(page().table.rows[0].link ==
               "/secure/jobstats/ben/waste/?start=" + from + "&end=" + to);
    BOOST_TEST(page().table.rows[2].link == "");
    const auto& accounts = page("by=account&days=30");
    BOOST_TEST(accounts.table.rows[0].link == "/secure/accountstats/def-ann/waste/?days=30");
    BOOST_TEST(accounts.people_link == "/secure/top/waste/?days=30");
}

BOOST_AUTO_TEST_CASE(time_limits_are_means_over_all_hours) {
    db.rows[By::Partition] = {sums("long", 1, 1), sums("short", 1, 1)};
    db.rows[By::Partition][1].requested_s = 1000 * kHours;

    const auto& shown = page();

    BOOST_TEST_REQUIRE(shown.partitions.rows.size() == 2U);
    BOOST_TEST(shown.partitions.rows[0].name == "short");
    BOOST_TEST(*shown.partitions.rows[1].share == 0.25);
    BOOST_TEST(shown.partitions.rows[1].limit_reached == 2U);
    BOOST_TEST(shown.people.rows.size() == 3U);
}

BOOST_AUTO_TEST_CASE(the_file_has_all_rows_and_no_formula) {
    db.rows[By::Person][0].name = "=ann";
    const Response response = get("/secure/top/waste.csv");

    BOOST_TEST(response.status == 200);
    BOOST_TEST(response.content_type == "text/csv; charset=utf-8");
    BOOST_TEST(response.body.find("\"ben\",10,0,8,2,,,400,400,100,300,") != std::string::npos,
               response.body);
    BOOST_TEST(response.body.find("\"'=ann\"") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(bars_are_days_or_weeks_without_gaps) {
    db.rows[By::EachDay] = {sums(std::to_string(today - 1), 10, 5)};

    BOOST_TEST(page().bars.bars.size() == 7U);
    BOOST_TEST(page().bars.bars[6].jobs == 10U);
    BOOST_TEST(page().bars.bars[5].jobs == 0U);
    const auto& weeks = page("days=90").bars;
    BOOST_TEST(weeks.weeks);
    BOOST_TEST(weeks.bars.size() == 13U);
    BOOST_TEST(*weeks.bars[12].cores.had == 10);
}

BOOST_AUTO_TEST_CASE(what_is_away_is_said_and_without_a_database_there_is_nothing) {
    db.away = SourceError{SourceId::Portal, Fault::Timeout, ""};
    BOOST_TEST(get("/secure/top/waste/").status == 503);
    BOOST_TEST(get("/secure/top/waste.csv").status == 503);

    site.scripts.enabled = false;
    BOOST_TEST(get("/secure/top/waste/").status == 404);
    BOOST_TEST(get("/secure/top/waste.csv").status == 404);
    get("/secure/top/compute/");
    BOOST_TEST(views.last<views::TopComputePage>()->ranges.empty());
    get("/secure/top/");
    for (const auto& card : views.last<views::TopIndexPage>()->cards) {
        BOOST_TEST(card.link.find("waste") == std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(the_page_is_whole_in_both_languages) {
    db.rows[By::Person][1].gpu_s = db.rows[By::Person][1].known_gpu_s = 50 * kHours;
    db.rows[By::Person][1].used_gpu_s = 5 * kHours;
    db.rows[By::EachDay] = {sums(std::to_string(today - 1), 10, 5)};
    db.rows[By::Partition] = {sums("long", 1, 1)};
    views::TopDaysPage shown = page();
    views::Renderer renderer({{"Narval", "Narval"}, "", "/out", "", {}, false});
    const auto times = [](const std::string& text, std::string_view part) {
        std::size_t count = 0;
        for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
            ++count;
        }
        return count;
    };
    for (const Language language : {Language::English, Language::French}) {
        shown.frame.language = language;
        const std::string html = renderer.render(shown).body;
        BOOST_TEST(times(html, "<table") == times(html, "</table>"));
        BOOST_TEST(times(html, "<td") == times(html, "</td>"));
        BOOST_TEST(times(html, "<rect class=\"day-used\"") == 1U);
        BOOST_TEST(times(html, "no data") + times(html, "pas de données") > 0U);
    }
}

BOOST_AUTO_TEST_SUITE_END()
