#include "handlers/jobstats/summary/days_task.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <vector>

#include "tests/fakes/portal_fixture.h"

namespace {

using namespace portal;
using database::Day;
using database::Days;

struct DaysTaskFixture : fakes::PortalFixture {
    background::Step step() { return task->step(lease, state); }

    fakes::FakeDayDb& db = portal_db.sums;
    Day today = database::day_of(clock.now());
    database::Lease lease{"background", "a", 1};
    database::TaskState state{.name = "days"};
    Context context{site,    clock,   slurm,     metrics, directory, storage,
                    answers, settled, portal_db, views,   watched};
    CurrentRequest request;
    std::unique_ptr<background::Task> task = jobstats::days_task(context, request);
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(days_task, DaysTaskFixture)

BOOST_AUTO_TEST_CASE(each_day_that_is_due_is_made_once_in_a_turn) {
    state.place.row = 1;
    db.dirty = {today - 3, today};
    BOOST_TEST(step().more);
    BOOST_TEST(step().more);
    db.dirty.insert(today);  // a job ended meanwhile
    BOOST_TEST(!step().more);

    BOOST_TEST(db.made == (std::vector<Day>{today - 3, today}), boost::test_tools::per_element());
    BOOST_TEST(state.done == 2U);
    BOOST_TEST(step().more);
    BOOST_TEST(db.made.size() == 3U);
}

BOOST_AUTO_TEST_CASE(days_of_before_are_found_when_nothing_is_due) {
    db.oldest = today - 24;
    db.unequal = {today - 24, today - 4};
    int steps = 1;
    while (step().more) ++steps;
    BOOST_TEST(db.made.size() == 2U);

    while (state.place.row == 0) (void)step();
    BOOST_TEST_REQUIRE(db.checked.size() >= 3U);
    BOOST_TEST((db.checked.front() == Days{today - 24, today - 14}));
    const Days last{today - 4, today + 1};
    BOOST_TEST((std::find(db.checked.begin(), db.checked.end(), last) != db.checked.end()));
    // Later it takes its time.
    BOOST_TEST(!step().more);
}

BOOST_AUTO_TEST_CASE(days_are_compared_though_one_is_due_each_time) {
    state.place.row = 1;
    db.oldest = today - 24;
    db.unequal = {today - 4};
    for (int turn = 0; turn < 20; ++turn) {
        db.dirty.insert(today);
        (void)step();
    }
    BOOST_TEST((std::find(db.made.begin(), db.made.end(), today - 4) != db.made.end()));
}

BOOST_AUTO_TEST_CASE(a_day_that_cannot_be_made_holds_no_other_up) {
    db.dirty = {today - 3, today};
    db.bad = {today - 3};
    BOOST_TEST(step().away.has_value());
    (void)step();
    BOOST_TEST((db.made == std::vector<Day>{today}));
    BOOST_TEST(db.dirty.contains(today - 3));
}

BOOST_AUTO_TEST_CASE(a_database_that_is_away_is_waited_for) {
    db.dirty = {today};
    db.away = SourceError{SourceId::Portal, Fault::Timeout, ""};
    BOOST_TEST(step().away.has_value());
    BOOST_TEST(state.done == 0U);

    db.away.reset();
    db.lease_over = true;
    BOOST_TEST(step().lease_over);
    BOOST_TEST(state.done == 0U);
}

BOOST_AUTO_TEST_CASE(without_summaries_there_is_nothing_to_do) {
    const auto nothing = step();
    BOOST_TEST(!nothing.more);
    BOOST_TEST(!nothing.away.has_value());
    BOOST_TEST(db.checked.empty());
}

BOOST_AUTO_TEST_SUITE_END()
