// What an account's jobs of some days wasted: who sees it, and whose jobs they may open.
#include <boost/test/unit_test.hpp>

#include "tests/fakes/account_fixture.h"

namespace {

using namespace portal;
using By = database::DayDb::By;

database::DaySums sums(const std::string& name, double wasted) {
    database::DaySums one;
    one.name = name;
    one.jobs = 3;
    one.wasted_core_s = wasted;
    return one;
}

struct AccountWasteFixture : fakes::AccountFixture {
    AccountWasteFixture() {
        site.scripts.enabled = true;
        db.rows[By::Person] = {sums("alice", 7200), sums("bob", 3600)};
        sign_in("alice", false);
    }

    const views::AccountWastePage& page(const std::string& query = "") {
        const Response response = get("/secure/accountstats/def-smith_cpu/waste/", query);
        BOOST_TEST_REQUIRE(response.status == 200);
        return *views.last<views::AccountWastePage>();
    }

    fakes::FakeDayDb& db = portal_db.sums;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(account_waste, AccountWasteFixture)

BOOST_AUTO_TEST_CASE(members_see_each_other_and_open_their_own_jobs_only) {
    const auto& table = page().table;

    BOOST_TEST_REQUIRE(table.rows.size() == 2U);
    BOOST_TEST(table.rows[0].link.starts_with("/secure/jobstats/alice/waste/?start="));
    BOOST_TEST(table.rows[1].link == "");
    BOOST_TEST(*table.total.cores.wasted == 3);
    BOOST_TEST(db.names.front() == "def-smith_cpu");
}

BOOST_AUTO_TEST_CASE(staff_open_the_jobs_of_all) {
    sign_in("boss", true);

    BOOST_TEST(page().table.rows[1].link.starts_with("/secure/jobstats/bob/waste/?start="));
}

BOOST_AUTO_TEST_CASE(it_is_for_members) {
    sign_in("carol", false);
    BOOST_TEST(get("/secure/accountstats/def-smith_cpu/waste/").status == 404);
    BOOST_TEST(get("/secure/accountstats/def-smith_cpu/waste.csv").status == 404);
}

BOOST_AUTO_TEST_CASE(what_is_away_is_said_and_without_a_database_there_is_nothing) {
    db.away = SourceError{SourceId::Portal, Fault::Timeout, ""};
    BOOST_TEST(get("/secure/accountstats/def-smith_cpu/waste/").status == 503);
    BOOST_TEST(get("/secure/accountstats/def-smith_cpu/waste.csv").status == 503);
    BOOST_TEST(get("/secure/accountstats/def-smith_cpu/").status == 200);
    BOOST_TEST(views.last<views::AccountPage>()->waste_link ==
               "/secure/accountstats/def-smith_cpu/waste/");

    site.scripts.enabled = false;
    BOOST_TEST(get("/secure/accountstats/def-smith_cpu/waste/").status == 404);
    get("/secure/accountstats/def-smith_cpu/");
    BOOST_TEST(views.last<views::AccountPage>()->waste_link == "");
}

BOOST_AUTO_TEST_SUITE_END()
