#include "handlers/jobstats/user/waste_page.h"

#include <boost/test/unit_test.hpp>

#include "tests/fakes/portal_fixture.h"

namespace {

using namespace portal;

constexpr double kHour = 3600;

struct WastePageFixture : fakes::PortalFixture {
    WastePageFixture() {
        site.scripts.enabled = true;
        portal_db.kept.whole = {.jobs = 3,
                                .known_core_s = 100 * kHour,
                                .used_core_s = 61 * kHour,
                                .wasted_core_s = 39 * kHour,
                                .wasted_cost = 12.5};
        portal_db.kept.kinds = {{.stem = "train", .jobs = 2, .wasted_core_s = 30 * kHour}};
    }
    const views::WastePage& page(const std::string& query = "") {
        const Response response = get("/secure/jobstats/alice/waste/", query);
        BOOST_TEST_REQUIRE(response.status == 200);
        return *views.last<views::WastePage>();
    }
};

database::Summary job() {
    database::Summary one;
    one.job_db_inx = 9;
    one.id_job = 4711;
    one.name = "train_7";
    one.run_s = kHour;
    one.cores = 8;
    one.cores_used = 2;
    one.wasted_core_s = 6 * kHour;
    return one;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(waste_page, WastePageFixture)

BOOST_AUTO_TEST_CASE(jobs_are_in_the_order_of_money) {
    (void)page();
    BOOST_TEST_REQUIRE(portal_db.kept.rankings.size() == 1U);
    BOOST_TEST((portal_db.kept.rankings[0].rank == database::Rank::Waste));
    BOOST_TEST(portal_db.kept.rankings[0].gpu_weight == 0.3);
    BOOST_TEST(portal_db.kept.rankings[0].core_weight == 0.003);

    site.cost.gpu_hour.reset();
    site.gpus[0].cores = 12;
    (void)page();
    BOOST_TEST(portal_db.kept.rankings[1].gpu_weight == 12 * 0.003);
    BOOST_TEST(portal_db.kept.rankings[1].core_weight == 0.003);

    site.cost.cpu_core_hour.reset();
    (void)page();
    BOOST_TEST(portal_db.kept.rankings[2].gpu_weight == 12);
    BOOST_TEST(portal_db.kept.rankings[2].core_weight == 1);
}

BOOST_AUTO_TEST_CASE(shares_are_of_jobs_whose_use_is_known) {
    const auto& numbers = page().whole.numbers;

    BOOST_TEST(*numbers.core_hours == 100);
    BOOST_TEST(*numbers.cores_share == 0.61);
    BOOST_TEST(*numbers.wasted_core_hours == 39);
    BOOST_TEST(!numbers.gpus_share.has_value());
}

BOOST_AUTO_TEST_CASE(kinds_and_jobs_stand_below) {
    database::Summary task = job();
    task.job_db_inx = 9;
    task.id_array_job = 4700;
    task.id_array_task = 6;
    portal_db.kept.rows[9] = task;

    const auto& shown = page();

    BOOST_TEST_REQUIRE(shown.kinds.size() == 1U);
    BOOST_TEST(shown.kinds[0].stem == "train");
    BOOST_TEST_REQUIRE(shown.jobs.size() == 1U);
    BOOST_TEST(shown.jobs[0].number == "4700_6", "as lists have it");
    BOOST_TEST(shown.jobs[0].link == "/secure/jobstats/alice/4711/?attempt=9", "this very run");
    BOOST_TEST(*shown.jobs[0].numbers.cores_share == 0.25);
    BOOST_TEST(*shown.jobs[0].numbers.wasted_core_hours == 6);
}

BOOST_AUTO_TEST_CASE(the_time_is_that_of_the_address_and_as_long_before) {
    page("delta=604800");

    const auto& asked = portal_db.kept.wastes;
    BOOST_TEST_REQUIRE(asked.size() == 2U);
    BOOST_TEST(asked[0].whose.logins == std::vector<std::string>{"alice"});
    BOOST_TEST((asked[0].ended.length() == std::chrono::days{7}));
    BOOST_TEST((asked[1].ended.to == asked[0].ended.from));
    BOOST_TEST((asked[1].ended.length() == std::chrono::days{7}));
    BOOST_TEST(get("/secure/jobstats/alice/waste/", "delta=0x").status == 400);
}

BOOST_AUTO_TEST_CASE(a_database_that_is_away_is_no_waste_of_zero) {
    portal_db.kept.away = SourceError{SourceId::Portal, Fault::Timeout, ""};

    BOOST_TEST(get("/secure/jobstats/alice/waste/").status == 503);
    BOOST_TEST(get("/secure/jobstats/alice/").status == 200);
    BOOST_TEST(!views.last<views::UserPage>()->waste.has_value());
}

BOOST_AUTO_TEST_CASE(the_list_of_jobs_says_it_in_a_sentence) {
    get("/secure/jobstats/alice/");

    BOOST_TEST_REQUIRE(views.last<views::UserPage>()->waste.has_value());
    BOOST_TEST(*views.last<views::UserPage>()->waste->numbers.cores_share == 0.61);

    portal_db.kept.whole = {};
    get("/secure/jobstats/alice/");
    BOOST_TEST(!views.last<views::UserPage>()->waste.has_value());
}

BOOST_AUTO_TEST_CASE(of_very_many_jobs_the_list_says_how_many_and_sums_nothing) {
    portal_db.kept.whole.jobs = 300'000;

    get("/secure/jobstats/alice/");

    BOOST_TEST_REQUIRE(views.last<views::UserPage>()->waste.has_value());
    BOOST_TEST(views.last<views::UserPage>()->waste->jobs == 20'000U);
    BOOST_TEST(!views.last<views::UserPage>()->waste->numbers.cores_share.has_value());
    BOOST_TEST(portal_db.kept.wastes.empty());
}

BOOST_AUTO_TEST_CASE(without_a_database_of_the_portal_there_is_neither) {
    site.scripts.enabled = false;

    BOOST_TEST(get("/secure/jobstats/alice/waste/").status == 404);
    get("/secure/jobstats/alice/");
    BOOST_TEST(!views.last<views::UserPage>()->waste.has_value());
}

BOOST_AUTO_TEST_CASE(is_the_persons_own) {
    BOOST_TEST(get("/secure/jobstats/bob/waste/").status == 404);
}

BOOST_AUTO_TEST_SUITE_END()
