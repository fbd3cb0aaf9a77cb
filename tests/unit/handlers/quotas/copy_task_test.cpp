#include "handlers/quotas/copy_task.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <vector>

#include "tests/fakes/portal_fixture.h"

namespace {

using namespace portal;
using database::Day;
using database::HeldBy;
using robinhood::Amount;
using std::chrono::hours;

/// A clock that is moved.
struct MovedClock final : Clock {
    Instant time = from_unix(1'750'000'000);
    std::chrono::steady_clock::time_point ticks{};
    [[nodiscard]] Instant now() const override { return time; }
    [[nodiscard]] std::chrono::steady_clock::time_point steady() const override { return ticks; }
    void pass(Seconds some) {
        time += some;
        ticks += some;
    }
};

SourceError away(Fault fault = Fault::Timeout) {
    return {SourceId::Robinhood, fault, "lustre07: silent"};
}

struct CopyTaskFixture : fakes::PortalFixture {
    CopyTaskFixture() {
        site.robinhood = {{"lustre06", {"A", "A"}}, {"lustre07", {"B", "B"}}};
        storage.sums["lustre06"] = {
            {{"ann", Amount{2, Bytes{9}}, Amount{}}, {"ben", std::nullopt, Amount{1, Bytes{3}}}},
            {{"def-a", Amount{3, Bytes{12}}, Amount{}}}};
        tasks = quotas::copy_tasks(context, request);
    }

    background::Step step() { return tasks.at(0)->step(lease, state); }
    /// As often as there is more to do; how many steps.
    int work() {
        int steps = 1;
        while (step().more && steps < 100) ++steps;
        return steps;
    }
    [[nodiscard]] Day today() const { return database::day_of(moved.now()); }
    [[nodiscard]] std::vector<std::string> copied() const {
        std::vector<std::string> all;
        for (const auto& copy : db.kept) {
            all.push_back(copy.file_system + "+" + std::to_string(copy.day - kFirst));
        }
        return all;
    }

    static constexpr Day kFirst = 1'750'000'000 / 86'400;
    MovedClock moved;
    fakes::FakeStorageDb& db = portal_db.held;
    database::Lease lease{"background", "a", 1};
    database::TaskState state{.name = "storage"};
    Context context{site,    moved,   slurm,     metrics, directory, storage,
                    answers, settled, portal_db, views,   watched};
    CurrentRequest request;
    background::Tasks tasks;
};

using Names = std::vector<std::string>;

}  // namespace

BOOST_FIXTURE_TEST_SUITE(copy_task, CopyTaskFixture)

BOOST_AUTO_TEST_CASE(each_file_system_is_copied_once_a_day) {
    BOOST_TEST(work() == 2);
    BOOST_TEST(copied() == (Names{"lustre06+0", "lustre07+0"}), boost::test_tools::per_element());
    BOOST_TEST(*state.behind_s == 0U);
    work();
    moved.pass(hours{1});
    work();
    BOOST_TEST(db.kept.size() == 2U);
    BOOST_TEST(state.done == 2U);

    moved.pass(hours{24});
    work();
    BOOST_TEST(copied() == (Names{"lustre06+0", "lustre07+0", "lustre06+1", "lustre07+1"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_is_nothing_has_no_row_and_what_is_unknown_has_one_without_numbers) {
    step();

    const auto& rows = db.holdings[1];
    BOOST_TEST_REQUIRE(rows.size() == 4U);
    BOOST_TEST((rows[0].by.name == "ann" && rows[0].by.storage == HeldBy::Storage::Project));
    BOOST_TEST((rows[0].held == database::Held{9, 2}));
    BOOST_TEST((rows[1].by.name == "ben" && !rows[1].held.has_value()));
    BOOST_TEST((rows[2].by.name == "ben" && rows[2].by.storage == HeldBy::Storage::Nearline));
    BOOST_TEST((rows[3].by.name == "def-a" && rows[3].by.sort == HeldBy::Sort::Group));
}

BOOST_AUTO_TEST_CASE(one_that_is_away_keeps_no_other_waiting_and_is_tried_again_later) {
    storage.away.insert({"lustre06", away()});
    moved.pass(hours{8});

    const auto first = step();
    BOOST_TEST(first.away.has_value());
    BOOST_TEST(first.more);
    BOOST_TEST(!step().more);
    BOOST_TEST((copied() == Names{"lustre07+0"}));
    BOOST_TEST(*state.behind_s > 8U * 3600);
    BOOST_TEST(!step().away.has_value());
    BOOST_TEST(storage.asked.size() == 2U);

    moved.pass(Seconds{900});
    BOOST_TEST(step().away.has_value());
    storage.away.clear();
    moved.pass(Seconds{900});
    work();
    BOOST_TEST((copied() == Names{"lustre07+0", "lustre06+0"}));
    BOOST_TEST(*state.behind_s == 0U);
}

BOOST_AUTO_TEST_CASE(behind_is_since_the_first_day_without_a_copy) {
    work();
    storage.away.insert({"lustre07", away(Fault::Malformed)});
    moved.pass(hours{72});
    work();

    const auto missed = unsigned_unix_seconds(database::beginning_of(kFirst + 1));
    BOOST_TEST(*state.behind_s == unsigned_unix_seconds(moved.now()) - missed);
    BOOST_TEST((copied() == Names{"lustre06+0", "lustre07+0", "lustre06+3"}));
}

BOOST_AUTO_TEST_CASE(without_the_portals_database_or_the_lease_nothing_is_done_or_counted) {
    db.away = SourceError{SourceId::Portal, Fault::Timeout, ""};
    BOOST_TEST(step().away.has_value());
    BOOST_TEST(storage.asked.empty());
    db.away.reset();
    db.lease_over = true;
    BOOST_TEST(step().lease_over);
    BOOST_TEST(state.done == 0U);
    db.lease_over = false;
    BOOST_TEST(work() == 2);
}

BOOST_AUTO_TEST_CASE(old_copies_go_one_in_a_step_once_all_are_made) {
    db.kept = {
        {1, "lustre06", today() - 401}, {2, "gone", today() - 500}, {3, "lustre06", today() - 400}};
    site.background.keep_storage_days = 0;
    work();
    BOOST_TEST(db.kept.size() == 5U);

    site.background.keep_storage_days = 400;
    work();
    BOOST_TEST(db.kept.size() == 3U);
    BOOST_TEST(db.kept[0].day == today() - 400);
}

BOOST_AUTO_TEST_CASE(without_robinhood_there_is_no_such_task) {
    site.robinhood.clear();
    BOOST_TEST(quotas::copy_tasks(context, request).empty());
}

BOOST_AUTO_TEST_SUITE_END()
