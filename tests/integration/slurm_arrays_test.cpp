// Arrays and het jobs whose numbers came again, in a database with Slurm's own tables.
#include <boost/test/unit_test.hpp>
#include <string>

#include "handlers/sources/slurm/mysql_slurm_db.h"
#include "tests/integration/slurm_database.h"

namespace portal::slurm {
namespace {

using test::SlurmDatabase;
using Indexes = std::vector<std::uint64_t>;

constexpr std::int64_t kBase = 1790000000;
constexpr std::int64_t kAgain = kBase + 40 * 86400;
const Owner kOwner{Uid{5000}};
const JobId kArray{110};

class FixedClock final : public Clock {
 public:
    [[nodiscard]] Instant now() const override { return from_unix(kAgain + 10000); }
    [[nodiscard]] std::chrono::steady_clock::time_point steady() const override {
        return std::chrono::steady_clock::now();
    }
};

template <class T>
T answer(Result<T> result) {
    BOOST_TEST_REQUIRE(result.ok(), (result.ok() ? "" : result.error().detail));
    return std::move(result).value();
}

Indexes indexes(const std::vector<Job>& jobs) {
    Indexes out;
    for (const Job& job : jobs) out.push_back(job.db_index);
    return out;
}

/// Array 110 of the shared rows (tasks 0 and 1, rows 5 and 6, the rest row 4), and one of the same
/// number forty days later, whose rows came into the table first: its tasks 0 to 2.
struct Fixture {
    Fixture() {
        database.run(
            "update narval_job_table set time_end = 1790010000, state = 3 where job_db_inx = 6;"
            "update narval_job_table set array_task_str = '5-11%2', state = 4, "
            "time_end = 1790000400 where job_db_inx = 4;"
            "update narval_job_table set job_db_inx = job_db_inx + 1000 where id_array_job = 110;");
        for (int task = 0; task < 3; ++task) again(task, 901 + task, "", task == 2 ? 110 : 500);
    }

    /// A copy of row 5, a completed task, as a task of the later array.
    void again(int task, int row, const std::string& more = "", int number = 500) {
        const std::string id = std::to_string(number == 110 ? 110 : number + task);
        database.run(
            "create table copy as select * from narval_job_table where job_db_inx = 1005;"
            "update copy set job_db_inx = " +
            std::to_string(row) + ", id_job = " + id + ", id_array_task = " + std::to_string(task) +
            ", time_submit = time_submit + 3456000, time_start = time_start + 3456000, "
            "time_end = time_end + 3456000" +
            more +
            ";"
            "insert into narval_job_table select * from copy; drop table copy;");
    }

    [[nodiscard]] Job row(std::uint64_t index) {
        const auto found = answer(db.rows(kOwner, {index}));
        BOOST_TEST_REQUIRE(found.size() == 1U);
        return found.front();
    }
    Indexes tasks_of(std::uint64_t index) {
        return indexes(answer(db.array_page(kOwner, row(index), {})));
    }
    std::uint64_t counted(std::uint64_t index) {
        std::uint64_t tasks = 0;
        for (const ArrayCount& count : answer(db.array_counts(row(index)))) tasks += count.tasks;
        return tasks;
    }

    SlurmDatabase database{"22.05"};
    FixedClock clock;
    CurrentRequest request;
    MysqlSlurmDb db{database.settings(), clock, {request}};
};

}  // namespace

using boost::test_tools::per_element;

BOOST_FIXTURE_TEST_SUITE(slurm_arrays, Fixture)

BOOST_AUTO_TEST_CASE(two_arrays_of_one_number_are_two) {
    BOOST_TEST((row(1005).array_began == from_unix(kBase + 30)));
    BOOST_TEST((row(1005).array_next == from_unix(kAgain + 30)));
    BOOST_TEST((row(901).array_began == from_unix(kAgain + 30)));
    BOOST_TEST(!row(901).array_next.has_value());
    BOOST_TEST(!same_array(row(1005), row(901)));
    BOOST_TEST(same_array(row(1005), row(1004)));
    BOOST_TEST(!row(1).array_began.has_value());

    BOOST_TEST(tasks_of(1005) == (Indexes{1005, 1006}), per_element());
    BOOST_TEST(tasks_of(903) == (Indexes{901, 902, 903}), per_element());
    BOOST_TEST(counted(1005) == 2U);
    BOOST_TEST(counted(902) == 3U);
    BOOST_TEST(indexes(answer(db.array_rests(kOwner, row(1006)))) == (Indexes{1004}),
               per_element());
    BOOST_TEST(answer(db.array_rests(kOwner, row(901))).empty());
    BOOST_TEST(indexes(answer(db.array_tasks(kOwner, row(1005), 10))) == (Indexes{1005, 1006}),
               per_element());
    BOOST_TEST(answer(db.array_marks(row(1005), 100, 10)).size() == 2U);
    BOOST_TEST(answer(db.array_draw(kOwner, row(902), 1)).size() == 3U);
}

BOOST_AUTO_TEST_CASE(the_newest_array_is_that_submitted_last_not_that_stored_last) {
    BOOST_TEST(answer(db.array(kOwner, kArray)).value().db_index == 903U);
    BOOST_TEST(answer(db.array_task(kOwner, kArray, 1, {})).value().db_index == 902U);
    const Instant again = from_unix(kAgain + 30);
    BOOST_TEST(answer(db.array_task(kOwner, kArray, 1, again)).value().db_index == 1006U);
    BOOST_TEST(answer(db.array_task(kOwner, kArray, 7, {})).value().db_index == 1004U);
    BOOST_TEST(!answer(db.array_task(kOwner, kArray, 2, again)).has_value());
}

BOOST_AUTO_TEST_CASE(a_task_that_is_requeued_makes_no_new_array) {
    database.run("update narval_job_table set state = 1024 where job_db_inx = 903;");
    again(2, 904, ", time_submit = time_submit + 300, time_start = time_start + 600", 110);

    BOOST_TEST((row(904).array_began == from_unix(kAgain + 30)));
    BOOST_TEST(!row(903).array_next.has_value());
    BOOST_TEST(tasks_of(901) == (Indexes{901, 902, 904}), per_element());
    BOOST_TEST(counted(903) == 3U);
}

BOOST_AUTO_TEST_CASE(another_job_with_the_number_of_a_task_does_not_hide_it) {
    database.run(
        "update narval_job_table set id_job = 112, time_submit = 1790400000, "
        "time_start = 1790400001, time_end = 1790400002 where job_db_inx = 13;");

    BOOST_TEST(tasks_of(1005) == (Indexes{1005, 1006}), per_element());
    BOOST_TEST(counted(1005) == 2U);
}

BOOST_AUTO_TEST_CASE(where_no_row_has_the_number_of_the_array_its_time_tells) {
    database.run(
        "update narval_job_table set deleted = 1 where job_db_inx = 1004;"
        "update narval_job_table set deleted = 1 where job_db_inx = 903;");

    BOOST_TEST(!row(901).array_began.has_value());
    BOOST_TEST(answer(db.array(kOwner, kArray)).has_value());
    database.run("update narval_job_table set deleted = 0 where job_db_inx = 903;");
    BOOST_TEST(tasks_of(1005) == (Indexes{1005, 1006}), per_element());
}

BOOST_AUTO_TEST_CASE(the_former_owner_of_a_user_number_had_another_array) {
    database.run(
        "update narval_job_table set id_user = 5001 where id_array_task < 3 and "
        "time_submit > 1793000000;");

    BOOST_TEST(!row(1005).array_next.has_value());
    BOOST_TEST(tasks_of(1005) == (Indexes{1005, 1006}), per_element());
    BOOST_TEST(answer(db.array({Uid{5001}}, kArray)).value().db_index == 903U);
}

BOOST_AUTO_TEST_CASE(components_of_a_het_job_are_those_submitted_with_it) {
    database.run(
        "create table copy as select * from narval_job_table where job_db_inx = 17;"
        "update copy set job_db_inx = 30, time_submit = time_submit + 864000;"
        "insert into narval_job_table select * from copy; drop table copy;");

    BOOST_TEST(indexes(answer(db.het_components(kOwner, row(18)))) == (Indexes{17, 18}),
               per_element());
    BOOST_TEST(indexes(answer(db.het_components(kOwner, row(30)))) == (Indexes{30}), per_element());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace portal::slurm
