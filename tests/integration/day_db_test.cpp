#include <boost/test/unit_test.hpp>
#include <cmath>
#include <map>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "handlers/sources/own/admin_db.h"
#include "handlers/sources/own/mariadb_portal_db.h"
#include "tests/integration/portal_database.h"

namespace portal::database {
namespace {

using By = DayDb::By;

constexpr Day kFirst = 20'005;  // five days before ten begin anew
constexpr Day kDays = 30;

template <class T>
T answer(Result<T> result) {
    BOOST_TEST_REQUIRE(result.ok(), (result.ok() ? "" : result.error().detail));
    return std::move(result).value();
}

bool near(const std::optional<double>& a, const std::optional<double>& b) {
    if (!a || !b) return a.has_value() == b.has_value();
    return std::abs(*a - *b) <= 1e-9 * std::max(std::abs(*a), 1.0);
}

/// The same jobs and the same hours.
bool same(const DaySums& a, const DaySums& b) {
    return a.jobs == b.jobs && a.short_jobs == b.short_jobs && a.limit_jobs == b.limit_jobs &&
           a.limit_reached == b.limit_reached && near(a.requested_s, b.requested_s) &&
           near(a.ran_s, b.ran_s) && near(a.core_s, b.core_s) &&
           near(a.known_core_s, b.known_core_s) && near(a.used_core_s, b.used_core_s) &&
           near(a.wasted_core_s, b.wasted_core_s) && near(a.memory_s, b.memory_s) &&
           near(a.known_memory_s, b.known_memory_s) && near(a.used_memory_s, b.used_memory_s) &&
           near(a.wasted_memory_s, b.wasted_memory_s) && near(a.gpu_s, b.gpu_s) &&
           near(a.known_gpu_s, b.known_gpu_s) && near(a.used_gpu_s, b.used_gpu_s) &&
           near(a.wasted_gpu_s, b.wasted_gpu_s) && near(a.energy_j, b.energy_j) &&
           near(a.cost, b.cost) && near(a.wasted_cost, b.wasted_cost);
}

std::optional<double> times(const std::optional<double>& a, const std::optional<double>& b) {
    if (!a || !b) return std::nullopt;
    return *a * *b;
}

/// All of it, if its waste is known.
std::optional<double> known(const std::optional<double>& had, const std::optional<double>& wasted) {
    return wasted ? had : std::nullopt;
}

std::optional<double> used(const std::optional<double>& had, const std::optional<double>& wasted) {
    if (!had || !wasted) return std::nullopt;
    return *had - *wasted;
}

/// The time limit of a job counts once, with the last of its rows.
void add_limit(const Summary& one, DaySums& sums) {
    constexpr std::uint32_t kResized = 8192;
    if (!one.run_s || !one.time_limit_s) return;
    if (one.state % 256 == 6) sums.limit_reached = 1;
    if ((one.state & kResized) != 0) return;
    sums.limit_jobs = 1;
    sums.requested_s = one.time_limit_s;
    const bool resized =
        one.time_start && one.time_submit > *one.time_start && one.time_submit <= one.time_end;
    sums.ran_s = resized ? one.time_end - *one.time_start : *one.run_s;
}

/// What one job adds to its day, worked out without SQL.
DaySums of_job(const Summary& one) {
    DaySums sums;
    sums.jobs = 1;
    sums.short_jobs = one.run_s && *one.run_s < 300 ? 1 : 0;
    add_limit(one, sums);
    sums.core_s = times(one.run_s, one.cores);
    sums.known_core_s = known(sums.core_s, one.wasted_core_s);
    sums.used_core_s = used(sums.core_s, one.wasted_core_s);
    sums.wasted_core_s = one.wasted_core_s;
    sums.memory_s = times(one.run_s, one.memory);
    sums.known_memory_s = known(sums.memory_s, one.wasted_memory_s);
    sums.used_memory_s = used(sums.memory_s, one.wasted_memory_s);
    sums.wasted_memory_s = one.wasted_memory_s;
    sums.gpu_s = times(one.run_s, one.gpus);
    sums.known_gpu_s = known(sums.gpu_s, one.wasted_gpu_s);
    sums.used_gpu_s = used(sums.gpu_s, one.wasted_gpu_s);
    sums.wasted_gpu_s = one.wasted_gpu_s;
    sums.energy_j = one.energy_j;
    sums.cost = one.cost;
    sums.wasted_cost = one.wasted_cost;
    return sums;
}

struct Fixture {
    Fixture() : db(server.settings()), other(server.settings()) {
        BOOST_TEST_REQUIRE(AdminDb(server.settings()).migrate().ok());
        lease = answer(db.tasks().take("background", "a")).value();
        run("update lease set until = now(6) + interval 1 day");
    }

    void run(const std::string& statement) {
        server.run("use " + server.settings().database + "; " + statement);
    }

    std::uint32_t random(std::uint32_t below) {
        return std::uniform_int_distribution<std::uint32_t>(0, below - 1)(engine);
    }
    Summary::Number maybe(std::uint32_t below) {
        if (random(5) == 0) return std::nullopt;
        return random(below);
    }

    Summary any_summary(std::uint64_t row) {
        Summary one;
        one.job_db_inx = row;
        one.id_job = 47;
        one.login = "user" + std::to_string(random(3));
        one.account = "def-" + std::to_string(random(2));
        one.partition = "part" + std::to_string(random(2));
        one.state = (random(2) == 0 ? 3 : 6) + (random(5) == 0 ? 8192 : 0);
        one.time_end = (kFirst + random(kDays)) * 86'400 + random(86'400);
        one.run_s = maybe(1000);
        one.time_start = one.time_end - 1200;
        one.time_submit = one.time_end - 1100 - random(1000);
        one.time_limit_s = maybe(4000);
        one.cores = maybe(64);
        one.cores_used = maybe(64);
        one.wasted_core_s = maybe(5000);
        if (const auto memory = maybe(1000)) one.memory = *memory * 1e12;
        if (const auto peak = maybe(1000)) one.memory_peak = *peak * 1e12;
        if (random(9) == 0) one.memory_at_most = 5e14;
        one.wasted_memory_s = maybe(1000);
        one.gpus = maybe(8);
        if (random(2) == 0) one.gpu_used = random(100) / 100.0;
        one.wasted_gpu_s = maybe(100);
        one.energy_j = maybe(1'000'000);
        one.cost = maybe(100);
        one.wasted_cost = maybe(50);
        return one;
    }

    void keep(const Summary& one) {
        BOOST_TEST(answer(db.summaries().write(one, lease)));
        kept[one.job_db_inx] = one;
    }

    /// Makes all that is due; how many days that were.
    int make_all() {
        int made = 0;
        while (const auto day = answer(db.days().due(0))) {
            BOOST_TEST_REQUIRE(answer(db.days().make(*day, lease)));
            ++made;
        }
        return made;
    }

    /// Sums of what was kept, by that name of each.
    template <class Name>
    std::map<std::string, DaySums> truly(Days days, Name name) {
        std::map<std::string, DaySums> sums;
        for (const auto& [row, one] : kept) {
            const Day day = one.time_end / 86'400;
            if (day >= days.from && day < days.to) sums[name(one)].add(of_job(one));
        }
        return sums;
    }

    static void compare(const std::vector<DaySums>& got, const std::map<std::string, DaySums>& want,
                        const std::string& what) {
        BOOST_TEST(got.size() == want.size(), what);
        for (const DaySums& one : got) {
            BOOST_TEST_REQUIRE(want.contains(one.name), what << " " << one.name);
            BOOST_TEST(same(one, want.at(one.name)), what << " " << one.name);
        }
    }

    void compare_all(Days days) {
        const std::string what = std::to_string(days.from) + " " + std::to_string(days.to);
        const auto login = [](const Summary& one) { return one.login; };
        const auto account = [](const Summary& one) { return one.account; };
        const auto partition = [](const Summary& one) { return one.partition; };
        const auto day = [](const Summary& one) { return std::to_string(one.time_end / 86'400); };
        DayDb& sums = db.days();
        compare(answer(sums.of_all(days, By::Person)), truly(days, login), "people " + what);
        compare(answer(sums.of_all(days, By::Account)), truly(days, account), "accounts " + what);
        compare(answer(sums.of_all(days, By::Partition)), truly(days, partition), "part. " + what);
        compare(answer(sums.of_all(days, By::EachDay)), truly(days, day), "days " + what);
        const auto all = kept;
        std::erase_if(kept, [](const auto& one) { return one.second.account != "def-1"; });
        const std::vector<std::string> names = {"def-1", "nobody"};
        compare(answer(sums.of_account(names, days, By::Person)), truly(days, login), "m. " + what);
        compare(answer(sums.of_account(names, days, By::EachDay)), truly(days, day), "d. " + what);
        kept = all;
        std::erase_if(kept, [](const auto& one) { return one.second.login == "user0"; });
        const std::vector<std::string> logins = {"user1", "user2"};
        compare(answer(sums.of_person({logins, Uid{}}, days)), truly(days, day), "p. " + what);
        kept = all;
    }

    std::mt19937 engine{1};
    std::map<std::uint64_t, Summary> kept;
    test::PortalDatabase server;
    MariadbPortalDb db;
    MariadbPortalDb other;
    Lease lease;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(day_db, Fixture)

BOOST_AUTO_TEST_CASE(sums_are_those_of_the_summaries_after_any_writes) {
    for (int round = 0; round < 6; ++round) {
        for (int i = 0; i < 40; ++i) keep(any_summary(1 + random(100)));
        BOOST_TEST(make_all() > 0);
        compare_all({kFirst, kFirst + kDays});
        const Day from = kFirst + random(kDays);
        compare_all({from, from + random(kFirst + kDays - from) + 1});
    }
    compare_all({kFirst, kFirst + 5});
    compare_all({kFirst + 5, kFirst + 15});
    compare_all({kFirst + 6, kFirst + 14});
    compare_all({kFirst, kFirst});
    BOOST_TEST(make_all() == 0);
}

BOOST_AUTO_TEST_CASE(a_job_that_moves_to_another_day_leaves_the_first) {
    Summary one = any_summary(1);
    one.time_end = kFirst * 86'400;
    keep(one);
    BOOST_TEST(make_all() == 1);
    one.time_end += 3 * 86'400;
    keep(one);
    BOOST_TEST(make_all() == 2);
    compare_all({kFirst, kFirst + kDays});
}

BOOST_AUTO_TEST_CASE(what_is_pruned_leaves_the_sums) {
    for (std::uint64_t row = 1; row <= 100; ++row) keep(any_summary(row));
    make_all();
    const Instant before = beginning_of(kFirst + 12);
    std::uint64_t gone = 0;
    while (const auto some = answer(db.summaries().prune(before, 7, lease))) {
        gone += some;
        make_all();
    }
    const auto removed = std::erase_if(
        kept, [&](const auto& one) { return from_unix(one.second.time_end) < before; });
    BOOST_TEST(gone == removed);
    BOOST_TEST(gone > 20U);
    make_all();
    compare_all({kFirst, kFirst + kDays});
}

/// A day is made by five statements: whichever is the last one, nothing or all of it is done.
BOOST_AUTO_TEST_CASE(a_day_that_could_not_be_made_is_as_it_was_and_still_due) {
    for (std::uint64_t row = 1; row <= 60; ++row) keep(any_summary(row));
    make_all();
    run("create table fails (kind int); create trigger fail before insert on job_day for each row "
        "set new.jobs = if(exists (select 1 from fails where kind = new.kind), null, new.jobs)");
    const auto before = kept;
    Summary late = any_summary(1000);
    late.time_end = (kFirst + 3) * 86'400;
    keep(late);
    const auto after = kept;
    for (const char* kind : {"0", "1", "2"}) {
        run("delete from fails; insert into fails values (" + std::string(kind) + ")");
        BOOST_TEST(!db.days().make(kFirst + 3, lease).ok(), kind);
        kept = before;
        compare_all({kFirst, kFirst + kDays});
        BOOST_TEST(answer(db.days().due(0)).value() == kFirst + 3);
        kept = after;
    }
    run("delete from fails");
    BOOST_TEST(make_all() == 1);
    compare_all({kFirst, kFirst + kDays});
}

BOOST_AUTO_TEST_CASE(who_has_lost_the_lease_makes_nothing) {
    keep(any_summary(1));
    const Day day = answer(db.days().due(0)).value();
    run("update lease set until = now(6) - interval 1 second");

    BOOST_TEST(!answer(db.days().make(day, lease)));
    BOOST_TEST(answer(db.days().of_all({kFirst, kFirst + kDays}, By::Person)).empty());
    BOOST_TEST(answer(db.days().due(0)).value() == day);

    const Lease next = answer(other.tasks().take("background", "b")).value();
    BOOST_TEST(answer(other.days().make(day, next)));
    BOOST_TEST(answer(db.days().of_all({kFirst, kFirst + kDays}, By::Person)).size() == 1U);
}

BOOST_AUTO_TEST_CASE(people_with_one_login_and_with_none_are_told_apart_by_their_numbers) {
    const std::tuple<const char*, std::uint32_t> people[] = {
        {"ana", 5001}, {"ana", 7301}, {"bob", 1}, {"", 99}, {"", 98}};
    std::uint64_t row = 0;
    for (const auto& [login, uid] : people) {
        Summary one = any_summary(++row);
        one.login = login;
        one.id_user = uid;
        one.account = "def-1";
        keep(one);
    }
    make_all();

    const Days days{kFirst, kFirst + kDays};
    const std::set<std::string> wanted = {"ana (5001)", "ana (7301)", "bob", "99", "98"};
    const std::vector<std::string> account = {"def-1"};
    const auto all = answer(db.days().of_all(days, By::Person));
    for (const auto& rows : {all, answer(db.days().of_account(account, days, By::Person))}) {
        std::set<std::string> names;
        for (const DaySums& one : rows) names.insert(one.name);
        BOOST_TEST(names == wanted, boost::test_tools::per_element());
        BOOST_TEST(rows.size() == wanted.size());
    }
}

BOOST_AUTO_TEST_CASE(a_connection_that_broke_does_it_again_as_a_whole) {
    keep(any_summary(1));
    server.kill_readers();
    Summary second = any_summary(2);
    keep(second);
    make_all();
    server.kill_readers();
    second.time_end = (kFirst + kDays - 1) * 86'400;
    keep(second);
    server.kill_readers();
    make_all();
    compare_all({kFirst, kFirst + kDays});
}

/// While a day is made nobody writes its summaries; what is written afterwards makes it due again.
BOOST_AUTO_TEST_CASE(a_day_that_is_being_made_keeps_writers_out) {
    Summary one = any_summary(1);
    keep(one);
    database::Settings quick = server.settings();
    quick.timeout = Milliseconds{400};
    MariadbPortalDb hurried(quick);
    run("start transaction; update job_day_due set day = day");
    one.cores = 77;
    BOOST_TEST(!hurried.summaries().write(one, lease).ok());
    run("commit");
    make_all();
    keep(one);
    BOOST_TEST(answer(db.days().due(0)).has_value());
    make_all();
    compare_all({kFirst, kFirst + kDays});
}

BOOST_AUTO_TEST_CASE(what_came_without_a_word_is_found_by_counting) {
    for (std::uint64_t row = 1; row <= 50; ++row) keep(any_summary(row));
    BOOST_TEST(!answer(db.days().first()).value_or(0) == 0);
    run("delete from job_day_due");
    const Days all{answer(db.days().first()).value(), kFirst + kDays};
    BOOST_TEST(answer(db.days().check(all, lease)) > 10U);
    make_all();
    compare_all({kFirst, kFirst + kDays});
    BOOST_TEST(answer(db.days().check(all, lease)) == 0U);

    run("delete from job_summary where job_db_inx = 7");
    const Day hole = kept[7].time_end / 86'400;
    kept.erase(7);
    BOOST_TEST(answer(db.days().check({hole, hole + 1}, lease)) == 1U);
    make_all();
    compare_all({kFirst, kFirst + kDays});
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace portal::database
