#include <array>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>
#include <set>
#include <string>
#include <vector>

#include "handlers/sources/own/admin_db.h"
#include "handlers/sources/own/mariadb_portal_db.h"
#include "handlers/sources/slurm/mysql_slurm_db.h"
#include "tests/integration/portal_database.h"

namespace portal::database {
namespace {

constexpr Uid kUid{1001};
constexpr std::uint64_t kLast = std::numeric_limits<std::uint64_t>::max();

template <class T>
T answer(Result<T> result) {
    BOOST_TEST_REQUIRE(result.ok(), (result.ok() ? "" : result.error().detail));
    return std::move(result).value();
}

struct Fixture {
    Fixture() : db(server.settings()), other(server.settings()) {
        BOOST_TEST_REQUIRE(AdminDb(server.settings()).migrate().ok());
    }

    void run(const std::string& statement) {
        server.run("use " + server.settings().database + "; " + statement);
    }

    Lease take(MariadbPortalDb& who, const std::string& holder) {
        return answer(who.tasks().take("background", holder)).value();
    }

    static Summary summary(std::uint64_t row, std::uint32_t end) {
        Summary one;
        one.job_db_inx = row;
        one.id_job = 47;
        one.login = "alice";
        one.name = "train é";
        one.time_end = end;
        one.cores_used = 1.0 / 3;
        one.memory_peak = 1e12;
        one.flags = Summary::CoresSampled;
        one.rules_version = "0123456789abcdef";
        return one;
    }

    std::optional<Summary> find(std::uint64_t row) {
        const std::array rows{row};
        const auto found = answer(db.summaries().find(rows));
        return found.empty() ? std::nullopt : std::optional(found.front());
    }

    test::PortalDatabase server;
    MariadbPortalDb db;
    MariadbPortalDb other;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(summary_db, Fixture)

BOOST_AUTO_TEST_CASE(a_summary_comes_back_as_it_was_written_and_is_replaced_whole) {
    const Lease lease = take(db, "a");
    Summary first = summary(1, 100);
    first.gpu_used = 0.25;
    first.parts = "n\tnc1\t1\t2\n";
    BOOST_TEST(answer(db.summaries().write(first, lease)));
    BOOST_TEST((find(1) == first));

    const Summary second = summary(1, 101);
    BOOST_TEST(answer(db.summaries().write(second, lease)));
    BOOST_TEST((find(1) == second));
    BOOST_TEST(answer(db.summaries().write(second, lease)));
    BOOST_TEST(!find(2).has_value());
}

BOOST_AUTO_TEST_CASE(what_no_column_holds_is_cut_or_not_known) {
    const Lease lease = take(db, "a");
    Summary odd = summary(1, 100);
    for (int i = 0; i < 400; ++i) odd.name += "é";
    odd.stem = odd.login = odd.account = odd.partition = odd.rules = odd.name;
    odd.cores_used = std::nan("");
    odd.memory_peak = 1e300;
    odd.threads = -1;
    odd.time_limit_s = 6e9;
    odd.gpu_watts = 1e39;
    odd.wasted_core_s = std::numeric_limits<double>::infinity();

    BOOST_TEST(answer(db.summaries().write(odd, lease)));

    const Summary kept = find(1).value();
    BOOST_TEST(!kept.cores_used.has_value());
    BOOST_TEST(!kept.memory_peak.has_value());
    BOOST_TEST(!kept.threads.has_value());
    BOOST_TEST(!kept.time_limit_s.has_value(), "more than an int holds");
    BOOST_TEST(!kept.gpu_watts.has_value(), "more than a float holds");
    BOOST_TEST(!kept.wasted_core_s.has_value());
    BOOST_TEST(kept.name.starts_with("train é"));
    BOOST_TEST(kept.stem.size() < kept.name.size());
}

BOOST_AUTO_TEST_CASE(one_holds_the_lease_and_only_its_holder_writes) {
    const Lease lease = take(db, "a");
    BOOST_TEST(!answer(other.tasks().take("background", "b")).has_value());
    BOOST_TEST(answer(db.tasks().renew(lease)));

    // It is frozen for longer than the lease lasts.
    run("update lease set until = now(6) - interval 1 second");
    BOOST_TEST(!answer(db.tasks().renew(lease)));
    BOOST_TEST(!answer(db.summaries().write(summary(1, 100), lease)));
    const Lease next = take(other, "b");
    BOOST_TEST(next.term == lease.term + 1);

    BOOST_TEST(!answer(db.summaries().write(summary(1, 100), lease)));
    BOOST_TEST(!answer(db.tasks().note({.name = "summaries"}, lease)));
    BOOST_TEST(answer(db.summaries().prune(from_unix(1000), 10, lease)) == 0U);
    BOOST_TEST(!answer(db.tasks().end(lease)));
    BOOST_TEST(!find(1).has_value());
    BOOST_TEST(answer(db.tasks().tasks()).empty());
    BOOST_TEST(answer(other.summaries().write(summary(1, 100), next)));
    BOOST_TEST(answer(other.tasks().end(next)));
    BOOST_TEST(answer(db.tasks().take("background", "a")).has_value());
}

BOOST_AUTO_TEST_CASE(the_state_of_a_task_comes_back_as_it_was_noted) {
    BOOST_TEST(answer(db.tasks().background()).holder == "");
    const Lease lease = take(db, "web1:1:x");
    TaskState state{.name = "summaries", .place = {100, kLast}, .done = 7};
    state.behind_s = 60;
    state.slow = true;
    state.error = "prometheus timeout: é";
    state.error_at = from_unix(1'790'000'000);
    BOOST_TEST(answer(db.tasks().note(state, lease)));

    const BackgroundState told = answer(other.tasks().background());

    BOOST_TEST(told.runs);
    BOOST_TEST(told.holder == "web1:1:x");
    BOOST_TEST_REQUIRE(told.tasks.size() == 1U);
    const TaskState& kept = told.tasks.front();
    BOOST_TEST((kept.place == state.place));
    BOOST_TEST(kept.done == 7U);
    BOOST_TEST(kept.behind_s.value() == 60U);
    BOOST_TEST(!kept.behind_jobs.has_value());
    BOOST_TEST(kept.slow);
    BOOST_TEST(kept.error.starts_with("prometheus timeout: "));
    BOOST_TEST((kept.error_at == state.error_at));
}

BOOST_AUTO_TEST_CASE(summaries_of_a_time_come_in_pages_and_old_ones_are_removed) {
    const Lease lease = take(db, "a");
    for (std::uint64_t row = 1; row <= 9; ++row) {
        const auto end = static_cast<std::uint32_t>(100 + row / 3);
        BOOST_TEST(answer(db.summaries().write(summary(row, end), lease)));
    }

    std::vector<std::uint64_t> seen;
    EndPlace place;
    while (true) {
        const auto some =
            answer(db.summaries().between({from_unix(100), from_unix(103)}, place, 2));
        if (some.empty()) break;
        for (const Summary& one : some) seen.push_back(one.job_db_inx);
        place = {some.back().time_end, some.back().job_db_inx};
    }
    const std::vector<std::uint64_t> all = {1, 2, 3, 4, 5, 6, 7, 8};
    BOOST_TEST(seen == all, boost::test_tools::per_element());

    BOOST_TEST(answer(db.summaries().prune(from_unix(102), 3, lease)) == 3U);
    BOOST_TEST(answer(db.summaries().prune(from_unix(102), 3, lease)) == 2U);
    BOOST_TEST(answer(db.summaries().prune(from_unix(102), 3, lease)) == 0U);
    const std::array rows{std::uint64_t{5}, std::uint64_t{6}};
    BOOST_TEST(answer(db.summaries().marks(rows)).size() == 1U);
}

/// Every row that ended comes once, however many ended in one second and whatever was deleted.
BOOST_AUTO_TEST_CASE(ended_jobs_come_once_each) {
    test::SlurmDatabase slurm("25.05");
    std::string rows = "use " + slurm.settings().database +
                       "; create table copy select * from narval_job_table where job_db_inx = 5; "
                       "delete from narval_job_table;";
    int row = 0;
    const auto add = [&](int end, int deleted) {
        ++row;
        rows += "update copy set id_job = " + std::to_string(1000 + row) +
                ", job_db_inx = " + std::to_string(row) + ", time_end = " + std::to_string(end) +
                ", deleted = " + std::to_string(deleted) +
                "; insert into narval_job_table select * from copy;";
    };
    for (int i = 0; i < 25; ++i) add(2000, 0);
    for (int i = 0; i < 30; ++i) add(2001, 1);
    for (int i = 0; i < 10; ++i) add(2002 + i, i % 3 == 0 ? 1 : 0);
    add(9000, 0);
    slurm.run(rows);
    const SystemClock clock;
    slurm::MysqlSlurmDb reader(slurm.settings(), clock);

    for (const std::uint32_t limit : {1U, 3U, 10U, 25U, 1000U}) {
        std::vector<std::uint64_t> seen;
        slurm::EndedPlace place;
        bool more = true;
        for (int turns = 0; more && turns < 200; ++turns) {
            const auto slice = answer(reader.ended(place, from_unix(8000), limit));
            for (const slurm::Job& job : slice.jobs) seen.push_back(job.db_index);
            BOOST_TEST((slice.reached >= place));
            place = slice.reached;
            more = slice.more;
        }
        BOOST_TEST(!more, limit);
        BOOST_TEST(seen.size() == 31U, limit << " at once: " << seen.size());
        BOOST_TEST(std::set<std::uint64_t>(seen.begin(), seen.end()).size() == 31U);
    }
    BOOST_TEST(answer(reader.ended_count(from_unix(2000), from_unix(8000))) == 40U);
}

BOOST_AUTO_TEST_CASE(waste_is_summed_by_whom_and_when_and_what_is_unknown_counts_as_nothing) {
    const Lease lease = take(db, "a");
    const auto keep = [&](std::uint64_t row, const std::string& stem, Summary::Number used,
                          std::uint32_t end, const std::string& login,
                          std::uint32_t uid = kUid.value) {
        Summary one = summary(row, end);
        one.login = login;
        one.id_user = uid;
        one.stem = stem;
        one.run_s = 100;
        one.cores = 4;
        one.cores_used = used;
        one.wasted_core_s = used ? Summary::Number((4 - *used) * 100) : std::nullopt;
        BOOST_TEST(answer(db.summaries().write(one, lease)));
    };
    keep(1, "train", 1.0, 1000, "alice");
    keep(2, "train", 3.0, 1999, "alice");
    keep(3, "test", 4.0, 1500, "alice2");
    keep(4, "train", std::nullopt, 1500, "alice");
    keep(5, "train", 0.0, 2000, "alice");
    keep(6, "train", 0.0, 1500, "bob");
    keep(7, "secret", 0.0, 1500, "alice", kUid.value + 1);
    const WasteOf whose{{{"alice", "alice2"}, kUid}, {from_unix(1000), from_unix(2000)}};

    const Waste whole = answer(db.summaries().waste(whose));
    BOOST_TEST(whole.jobs == 4U);
    BOOST_TEST(*whole.known_core_s == 1200);
    BOOST_TEST(*whole.used_core_s == 800);
    BOOST_TEST(*whole.wasted_core_s == 400);
    BOOST_TEST(!whole.known_gpu_s.has_value());
    BOOST_TEST(!whole.wasted_cost.has_value());

    const auto kinds = answer(db.summaries().waste_by_name({.jobs = whose, .limit = 10}));
    BOOST_TEST_REQUIRE(kinds.size() == 2U);
    BOOST_TEST(kinds[0].stem == "train");
    BOOST_TEST(kinds[0].jobs == 3U);
    BOOST_TEST(*kinds[0].wasted_core_s == 400);

    const auto jobs = answer(db.summaries().ranked({.jobs = whose, .limit = 10}));
    BOOST_TEST_REQUIRE(jobs.size() == 2U);
    BOOST_TEST(jobs[0].job_db_inx == 1U);

    BOOST_TEST(answer(db.summaries().count(whose, 100)) == 4U);
    BOOST_TEST(answer(db.summaries().count(whose, 3)) == 3U);
    const WasteOf nobody{{{}, kUid}, whose.ended};
    BOOST_TEST(answer(db.summaries().count(nobody, 3)) == 0U);
    BOOST_TEST(answer(db.summaries().waste(nobody)).jobs == 0U);
    const WasteOf never{{{"alice"}, kUid}, {from_unix(1), from_unix(2)}};
    BOOST_TEST(answer(db.summaries().waste(never)).jobs == 0U);
    BOOST_TEST(!answer(db.summaries().waste(never)).known_core_s.has_value());
}

/// Five jobs of alice's that differ in all that lists are sorted and narrowed by.
struct RankedFixture : Fixture {
    RankedFixture() {
        BOOST_TEST(!answer(db.summaries().span()).has_value());
        keep(1, 4.0, 50, 0, std::nullopt);
        keep(2, 1.0, std::nullopt, std::nullopt, std::nullopt);
        keep(3, 2.0, 70, std::nullopt, std::nullopt);
        keep(4, 3.0, 60, 2, 0.1);
        keep(5, std::nullopt, 0, 0, std::nullopt);
    }

    void keep(std::uint64_t row, Summary::Number used, Summary::Number energy, Summary::Number gpus,
              Summary::Number gpu_used) {
        Summary one = summary(row, 1500);
        one.id_user = kUid.value;
        one.name = row == 3 ? "Train_100%" : "test";
        one.state = row == 4 ? 5 : 3;
        one.run_s = one.wait_s = static_cast<double>(10 * row);
        one.account = row == 4 ? "def-a" : "def-b";
        one.partition = "cpu";
        one.cores = 4;
        one.cores_requested = 8;
        if (row == 5) one.cores = std::nullopt;
        one.cores_used = used;
        one.memory = 100;
        one.memory_peak = static_cast<double>(row);
        one.wasted_core_s = used ? Summary::Number((4 - *used) * 100) : std::nullopt;
        one.wasted_gpu_s = gpu_used ? Summary::Number(50) : std::nullopt;
        one.wasted_cost = one.cost = std::nullopt;
        one.energy_j = energy;
        one.gpus = gpus;
        one.gpu_used = gpu_used;
        BOOST_TEST(answer(db.summaries().write(one, lease)));
    }

    std::string rows(Ranking ranking) {
        ranking.jobs = {{{"alice"}, kUid}, {from_unix(1000), from_unix(2000)}};
        if (ranking.limit == 0) ranking.limit = 10;
        std::string found;
        for (const Summary& one : answer(db.summaries().ranked(ranking))) {
            found += std::to_string(one.job_db_inx);
        }
        return found;
    }

    std::string narrowed(Amount amount, NumberRange range) {
        Ranking ranking{.rank = Rank::Wait};
        ranking.filter.amounts.at(static_cast<std::size_t>(amount)) = range;
        return rows(ranking);
    }

    const Lease lease = take(db, "a");
};

BOOST_FIXTURE_TEST_CASE(jobs_come_in_the_order_of_a_number, RankedFixture) {
    BOOST_TEST(rows({.rank = Rank::Waste}) == "234");
    BOOST_TEST(rows({.rank = Rank::Waste, .gpu_weight = 10}) == "423");
    BOOST_TEST(rows({.rank = Rank::End}) == "54321");
    BOOST_TEST(rows({.rank = Rank::Use}) == "4231");
    BOOST_TEST(rows({.rank = Rank::Energy}) == "3415");
    BOOST_TEST(rows({.rank = Rank::Wait}) == "54321");
    BOOST_TEST(rows({.rank = Rank::Cost}) == "");
    BOOST_TEST(rows({.rank = Rank::Wait, .skip = 1, .limit = 2}) == "43");
    const auto span = answer(db.summaries().span());
    BOOST_TEST((span->from == from_unix(1500) && span->to == from_unix(1500)));
}

BOOST_FIXTURE_TEST_CASE(ranked_jobs_are_narrowed_as_other_lists_are, RankedFixture) {
    BOOST_TEST(rows({.rank = Rank::Wait, .filter = {.states = {4, 5}}}) == "4");
    BOOST_TEST(rows({.rank = Rank::Wait, .filter = {.name = "train_100%"}}) == "3");
    BOOST_TEST(rows({.rank = Rank::Wait, .filter = {.name = "t_"}}) == "");
    BOOST_TEST(rows({.rank = Rank::Wait, .filter = {.account = "no such"}}) == "");
    BOOST_TEST(rows({.rank = Rank::Wait, .filter = {.account = "DEF-A", .partition = "CPU"}}) ==
               "4");
    BOOST_TEST(narrowed(Amount::Gpus, {std::nullopt, 0}) == "5321");
    BOOST_TEST(narrowed(Amount::Cores, {8, std::nullopt}) == "5", "as it requested");
    BOOST_TEST(narrowed(Amount::CoresUse, {std::nullopt, 50}) == "32");
    BOOST_TEST(narrowed(Amount::MemoryUse, {2.5, std::nullopt}) == "543");
    BOOST_TEST(narrowed(Amount::GpuUse, {0, 20}) == "4");
    BOOST_TEST(narrowed(Amount::RunTime, {20, 30}) == "32");
}

BOOST_AUTO_TEST_CASE(runs_of_one_kind_come_newest_first) {
    const Lease lease = take(db, "a");
    const auto keep = [&](std::uint64_t row, const std::string& stem, const std::string& account,
                          std::uint32_t end, const std::string& login = "alice") {
        Summary one = summary(row, end);
        one.login = login;
        one.id_user = kUid.value;
        one.stem = stem;
        one.account = account;
        BOOST_TEST(answer(db.summaries().write(one, lease)));
    };
    keep(1, "train", "smith", 1000);
    keep(2, "train", "smith", 3000);
    keep(3, "train", "jones", 2000);
    keep(4, "test", "jones", 5000);
    keep(5, "train", "smith", 3000, "alice2");
    keep(6, "train", "smith", 9000, "bob");
    const RunsOf kind{{{"alice", "alice2"}, kUid}, "train", "smith"};
    const auto rows = [&](const RunsOf& of, std::uint32_t limit) {
        std::vector<std::uint64_t> found;
        for (const Summary& one : answer(db.summaries().alike(of, limit))) {
            found.push_back(one.job_db_inx);
        }
        return found;
    };

    BOOST_TEST(rows(kind, 10) == (std::vector<std::uint64_t>{5, 2, 1}));
    BOOST_TEST(rows(kind, 2) == (std::vector<std::uint64_t>{5, 2}));
    BOOST_TEST(rows({{{"alice"}, kUid}, "Train", "smith"}, 10).empty());
    BOOST_TEST(rows({{{}, kUid}, "train", "smith"}, 10).empty());
    BOOST_TEST(answer(db.summaries().accounts(kind, 10)) ==
               (std::vector<std::string>{"smith", "jones"}));
    BOOST_TEST(answer(db.summaries().accounts(kind, 1)) == std::vector<std::string>{"smith"});
    BOOST_TEST(answer(db.summaries().accounts({{{"alice"}, kUid}, "nothing", ""}, 10)).empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace portal::database
