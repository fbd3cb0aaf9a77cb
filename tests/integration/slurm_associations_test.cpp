#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <string>

#include "handlers/sources/slurm/mysql_slurm_db.h"
#include "tests/integration/slurm_database.h"

namespace portal::slurm {
namespace {

constexpr Uid kUid{5000};

class FixedClock final : public Clock {
 public:
    [[nodiscard]] Instant now() const override { return from_unix(1'790'010'000); }
    [[nodiscard]] std::chrono::steady_clock::time_point steady() const override { return {}; }
};

/// 0: none.
std::uint32_t former_number(const test::SlurmDatabase& server, Uid uid, const std::string& login) {
    const FixedClock clock;
    MysqlSlurmDb db(server.settings(), clock);
    const auto found = db.former_number({uid, {login}});
    BOOST_TEST_REQUIRE(found.ok());
    return found.value() ? found.value()->value : 0U;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(slurm_associations)

BOOST_DATA_TEST_CASE(jobs_under_another_number_of_a_login_are_known_of,
                     boost::unit_test::data::make({"20.11", "22.05", "25.05"}), release) {
    test::SlurmDatabase server{std::string(release)};
    BOOST_TEST(former_number(server, kUid, "alice") == 0U, "nobody may read associations");
    server.run(
        "create table narval_assoc_table like slurm_acct_db.narval_assoc_table;"
        "insert into narval_assoc_table (creation_time, id_assoc, user, acct, lft, rgt) values "
        "(1, 1, 'alice', 'def-a', 1, 2), (1, 2, 'alice', 'def-b', 3, 4), (1, 3, 'bob', 'c', 5, 6);"
        "update narval_job_table set id_assoc = 3;"
        "update narval_job_table set id_assoc = 2 where job_db_inx = 13;"
        "update narval_job_table set id_assoc = 1, id_user = 77 where job_db_inx = 1;");

    BOOST_TEST(former_number(server, kUid, "alice") == 77U);
    BOOST_TEST(former_number(server, {77}, "alice") == kUid.value);
    BOOST_TEST(former_number(server, kUid, "nobody") == 0U);
    server.run("update narval_job_table set deleted = 1 where job_db_inx = 1;");
    BOOST_TEST(former_number(server, kUid, "alice") == 0U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace portal::slurm
