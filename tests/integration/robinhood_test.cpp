#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "handlers/sources/robinhood/mysql_storage.h"
#include "tests/integration/slow_server.h"
#include "tests/integration/slurm_database.h"

namespace portal::robinhood {
namespace {

using std::chrono::milliseconds;
using test::SlurmDatabase;

/// The table as Robinhood 3 makes it, without its histogram of sizes, and rows of every kind.
constexpr const char* kRows = R"(
create table ACCT_STAT (uid varbinary(127), gid varbinary(127),
    type enum('symlink', 'dir', 'file', 'chr', 'blk', 'fifo', 'sock'),
    lhsm_status enum('', 'new', 'modified', 'retrieving', 'archiving', 'synchro', 'released'),
    size bigint unsigned, blocks bigint unsigned, count bigint unsigned,
    primary key (uid, gid, type, lhsm_status));
insert into ACCT_STAT values
    ('alice', 'def-smith', 'file', '', 900, 4, 10),
    ('alice', 'def-smith', 'dir', '', 40, 8, 2),
    ('alice', 'def-smith', 'file', 'new', 100, 2, 3),
    ('alice', 'def-smith', 'file', 'released', 7000, 0, 5),
    ('alice', 'def-smith', 'file', 'modified', 1, 1, 1),
    ('alice', 'def-smith', 'file', 'synchro', 1, 2, 2),
    ('alice', 'def-smith', 'file', 'archiving', 1, 3, 3),
    ('alice', 'def-smith', 'file', 'retrieving', 1, 4, 4),
    ('alice', 'def-other', 'file', '', 1, 1000, 1000),
    ('root', 'def-smith', 'dir', '', 1, 1, 1),
    ('carol', 'def-smith', 'file', '', 1, 1, 2),
    (x'ff6f6464', 'def-smith', 'file', '', 1, 1, 9),
    ('o''brien"', 'rrg-x', 'file', 'released', 4000000000000000000, 0, 4),
    ('below', 'rrg-x', 'file', '', 1, 18446744073709551610, 4),
    ('wraps', 'rrg-x', 'file', '', 1, 36028797018963968, 4);
)";

/// A private database with these rows in a server that is strict about groups and values.
struct Lab {
    explicit Lab(const std::string& rows = kRows) : database("") { database.run(rows); }

    [[nodiscard]] Settings settings(const std::string& name = "one") const {
        const slurm::Settings there = database.settings();
        Settings settings;
        settings.name = name;
        settings.host = there.host;
        settings.port = there.port;
        settings.database = there.database;
        settings.user = there.user;
        settings.password = there.password;
        return settings;
    }

    SlurmDatabase database;
};

struct Reader {
    explicit Reader(const std::vector<Settings>& settings)
        : storage(settings, request, made(settings)) {
        request.begin(Deadline::in(milliseconds{30'000}));
    }
    const Breakers& made(const std::vector<Settings>& settings) {
        for (std::size_t i = 0; i < settings.size(); ++i) breakers.emplace_back(clock, 4);
        return breakers;
    }
    GroupUses read(const std::vector<std::string>& groups) {
        auto answers = storage.use_of({{"one", groups}});
        BOOST_TEST_REQUIRE(answers[0].ok(), (answers[0].ok() ? "" : answers[0].error().detail));
        return std::move(answers[0]).value();
    }

    SystemClock clock;
    CurrentRequest request;
    Breakers breakers;
    MysqlStorage storage;
};

Amount amount(std::uint64_t inodes, std::uint64_t bytes) {
    return {inodes, Bytes{bytes}};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(robinhood)

BOOST_AUTO_TEST_CASE(sums_are_by_status_in_blocks_of_512_bytes_and_on_tape_by_size) {
    const Lab lab;
    Reader reader({lab.settings()});

    const GroupUse use = reader.read({"def-smith"}).front();

    BOOST_TEST((use.project.total == amount(27, 17 * 512)));
    BOOST_TEST((use.disk.total == amount(10, 10 * 512)));
    BOOST_TEST((use.tape.total == amount(5, 7000)));
    BOOST_TEST_REQUIRE(use.project.owners.size() == 2U);
    BOOST_TEST(use.project.owners[0].user == "alice");
    BOOST_TEST((use.project.owners[0].amount == amount(15, 14 * 512)));
    BOOST_TEST(use.project.owners[1].user == "\xEF\xBF\xBDodd");
}

BOOST_AUTO_TEST_CASE(several_groups_are_one_answer_in_their_order) {
    const Lab lab;
    Reader reader({lab.settings()});

    const GroupUses uses = reader.read({"rrg-x", "nobody", "def-other"});

    BOOST_TEST_REQUIRE(uses.size() == 3U);
    BOOST_TEST(uses[0].tape.total.bytes.count == 4'000'000'000'000'000'000U);
    BOOST_TEST((uses[0].project.total == Amount{}));
    BOOST_TEST(uses[0].project.left_out == (std::vector<std::string>{"below", "wraps"}),
               boost::test_tools::per_element());
    BOOST_TEST(uses[0].tape.owners[0].user == "o'brien\"");
    BOOST_TEST((uses[1].project.total == Amount{}));
    BOOST_TEST((uses[2].project.total == amount(1000, 512'000)));
}

BOOST_AUTO_TEST_CASE(everybodys_sums_are_one_answer) {
    const Lab lab;
    Reader reader({lab.settings()});

    const auto read = reader.storage.sums_of("one");

    BOOST_TEST_REQUIRE(read.ok(), (read.ok() ? "" : read.error().detail));
    const auto sum = [](const std::vector<OwnerSum>& all, const std::string& name) {
        const auto found = std::find_if(all.begin(), all.end(),
                                        [&](const OwnerSum& one) { return one.name == name; });
        BOOST_TEST_REQUIRE((found != all.end()), name);
        return *found;
    };
    const auto& [people, groups] = read.value();
    BOOST_TEST(people.size() == 6U);
    BOOST_TEST((sum(people, "alice").project == amount(1015, 1014 * 512)));
    BOOST_TEST((sum(people, "alice").nearline == amount(15, 10 * 512 + 7000)));
    BOOST_TEST((sum(people, "\xEF\xBF\xBDodd").project == amount(9, 512)));
    BOOST_TEST((!sum(people, "below").project && !sum(people, "wraps").project));
    BOOST_TEST((sum(groups, "def-smith").project == amount(27, 17 * 512)));
    BOOST_TEST(!sum(groups, "rrg-x").project.has_value());
    BOOST_TEST(sum(groups, "rrg-x").nearline->bytes.count == 4'000'000'000'000'000'000U);
    BOOST_TEST(!reader.storage.sums_of("two").ok());
}

BOOST_AUTO_TEST_CASE(many_owners_are_read_in_several_statements_and_each_once) {
    for (const char* text : {"varbinary(127)", "varchar(127)"}) {
        Lab lab(std::string("create table ACCT_STAT (uid ") + text + ", gid " + text +
                R"(, type varchar(9), size bigint, blocks bigint, count bigint,
            primary key (uid, gid, type));
            insert into ACCT_STAT values ('', '', 'file', 0, 1, 1), ('', 'a', 'file', 0, 1, 1);
            insert into ACCT_STAT select concat('u', seq div 9), concat('g', seq mod 9), 'file', 0,
                1, 1 from seq_0_to_29999;)");
        Reader reader({lab.settings()});

        const auto read = reader.storage.sums_of("one");

        BOOST_TEST_REQUIRE(read.ok(), (read.ok() ? "" : read.error().detail));
        BOOST_TEST(read.value().people.size() == 3335U);
        std::uint64_t files = 0;
        for (const OwnerSum& one : read.value().people) files += one.project.value().inodes;
        BOOST_TEST(files == 30'002U);
        lab.database.run(
            "insert into ACCT_STAT select concat('v', seq), 'g', 'file', 0, 1, 1 from "
            "seq_1_to_70001;");
        const auto more = reader.storage.sums_of("one");
        BOOST_TEST((!more.ok() && more.error().fault == Fault::TooLong));
    }
}

BOOST_AUTO_TEST_CASE(a_name_is_a_value_and_never_a_part_of_the_statement) {
    const Lab lab;
    Reader reader({lab.settings()});

    for (const std::string name : {"' or '1'='1", "def-smith' -- ", "%", "\xff", "{list}"}) {
        BOOST_TEST((reader.read({name}).front().project.total == Amount{}));
    }
}

BOOST_AUTO_TEST_CASE(without_an_hsm_there_is_no_status_and_all_counts_to_the_project) {
    const Lab lab(
        "create table ACCT_STAT (uid varchar(127), gid varchar(127), type varchar(9),"
        " size bigint, blocks bigint, count bigint, primary key (uid, gid, type));"
        "insert into ACCT_STAT values ('alice', 'def-smith', 'file', 9, 2, 3);");
    Reader reader({lab.settings()});

    const GroupUse use = reader.read({"def-smith"}).front();

    BOOST_TEST((use.project.total == amount(3, 1024)));
    BOOST_TEST((use.disk.total == Amount{}));
}

BOOST_AUTO_TEST_CASE(a_database_that_hangs_leaves_the_others_their_time) {
    const Lab lab;
    const test::SlowServer silent("", milliseconds{10});
    Settings hung = lab.settings("hung");
    hung.host = "127.0.0.1";
    hung.port = silent.port();
    hung.timeout = milliseconds{300};
    Reader reader({hung, lab.settings()});
    reader.request.begin(Deadline::in(milliseconds{30'000}));

    const auto answers = reader.storage.use_of({{"hung", {"def-smith"}}, {"one", {"def-smith"}}});

    BOOST_TEST_REQUIRE(!answers[0].ok());
    BOOST_TEST((answers[0].error().fault == Fault::Timeout));
    BOOST_TEST(answers[0].error().detail.starts_with("hung: "));
    BOOST_TEST(answers[1].ok());
}

BOOST_AUTO_TEST_CASE(a_database_without_the_table_and_one_without_settings_reject) {
    const Lab lab("create table other (a int);");
    Reader reader({lab.settings()});

    const auto answers = reader.storage.use_of({{"one", {"def-smith"}}, {"two", {"def-smith"}}});

    BOOST_TEST_REQUIRE(!answers[0].ok());
    BOOST_TEST((answers[0].error().fault == Fault::Rejected));
    BOOST_TEST(!answers[1].ok());
}

BOOST_AUTO_TEST_CASE(a_connection_that_broke_is_made_again) {
    Lab lab;
    Reader reader({lab.settings()});
    reader.read({"def-smith"});

    lab.database.kill_readers();

    BOOST_TEST((reader.read({"def-smith"}).front().tape.total == amount(5, 7000)));
}

BOOST_AUTO_TEST_CASE(groups_that_are_numbers_are_no_groups_without_files) {
    // The option uid_gid_as_numbers. A name is 0 for the server, whose files are those of root.
    for (const char* type : {"int unsigned", "bigint"}) {
        const Lab lab(std::string("create table ACCT_STAT (uid ") + type + ", gid " + type +
                      R"(, type enum('dir', 'file'), lhsm_status enum('', 'new'),
            size bigint unsigned, blocks bigint unsigned, count bigint unsigned,
            primary key (uid, gid, type, lhsm_status));
            insert into ACCT_STAT values (0, 0, 'file', '', 900, 4, 10),
                (3000001, 3100001, 'file', '', 900, 4, 10);)");
        Reader reader({lab.settings()});

        const auto sums = reader.storage.sums_of("one");
        BOOST_TEST((!sums.ok() && sums.error().fault == Fault::Malformed));
        const auto uses = reader.storage.use_of({{"one", {"def-smith"}}});

        BOOST_TEST_REQUIRE(!uses.front().ok());
        BOOST_TEST((uses.front().error().fault == Fault::Malformed));
        BOOST_TEST(uses.front().error().detail.find("uid_gid_as_numbers") != std::string::npos);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace portal::robinhood
