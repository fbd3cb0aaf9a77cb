#include <boost/test/unit_test.hpp>

#include "handlers/sources/own/admin_db.h"
#include "handlers/sources/own/digest.h"
#include "handlers/sources/own/mariadb_portal_db.h"
#include "tests/integration/lab.h"
#include "tests/integration/portal_database.h"

namespace portal::database {
namespace {

struct Fixture {
    Fixture() : admin(server.settings()), db(server.settings()) {
        // Its lock goes with its connection.
        BOOST_TEST_REQUIRE(AdminDb(server.settings()).migrate().ok());
    }

    Stored store(std::uint32_t id, const std::string& bytes) {
        const auto stored = db.store({{id}, bytes}, "test");
        BOOST_TEST_REQUIRE(stored.ok());
        return stored.value();
    }

    std::string current(std::uint32_t id) {
        const auto script = db.script(JobId{id});
        BOOST_TEST_REQUIRE(script.ok());
        return script.value() ? script.value()->bytes : "(none)";
    }

    std::vector<ScriptVersion> versions(std::vector<JobId> jobs) {
        const auto found = db.versions(jobs);
        BOOST_TEST_REQUIRE(found.ok());
        return found.value();
    }

    Secret make_token(Seconds lifetime = Seconds{0}) {
        const auto token = admin.create_token(
            {.name = "prolog", .scopes = "jobscripts:write", .networks = "", .lifetime = lifetime});
        BOOST_TEST_REQUIRE(token.ok());
        return token.value();
    }

    std::optional<ApiToken> find(const Secret& text) {
        const auto found = db.token(text);
        BOOST_TEST_REQUIRE(found.ok());
        return found.value();
    }

    test::PortalDatabase server;
    AdminDb admin;
    MariadbPortalDb db;
};

/// Every byte there is, twice, with a NUL at both ends.
std::string all_bytes() {
    std::string bytes;
    for (int i = 0; i < 513; ++i) bytes += static_cast<char>(i);
    return bytes;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(portal_db, Fixture)

BOOST_AUTO_TEST_CASE(migrating_again_changes_nothing) {
    store(1, "kept");

    const auto again = AdminDb(server.settings()).migrate();

    BOOST_TEST_REQUIRE(again.ok());
    BOOST_TEST(again.value().from == AdminDb::newest_version());
    BOOST_TEST(again.value().to == AdminDb::newest_version());
    BOOST_TEST(current(1) == "kept");
}

BOOST_AUTO_TEST_CASE(a_migration_that_was_cut_short_goes_on) {
    server.run("delete from " + server.settings().database + ".schema_version where version > 1;");

    const auto again = AdminDb(server.settings()).migrate();

    BOOST_TEST_REQUIRE(again.ok());
    BOOST_TEST(again.value().from == 1U);
}

BOOST_AUTO_TEST_CASE(tables_of_a_newer_program_are_left_alone) {
    server.run("insert into " + server.settings().database +
               ".schema_version values (99, 'future', now());");

    const auto refused = AdminDb(server.settings()).migrate();

    BOOST_TEST_REQUIRE(!refused.ok());
    BOOST_TEST((refused.error().fault == Fault::Rejected));
}

BOOST_AUTO_TEST_CASE(two_at_once_are_refused) {
    const std::string lock = "'" + server.settings().database + ".userportal'";
    // The connection that made the tables may hold it for another moment.
    server.run("do get_lock(" + lock + ", 10);");

    const auto refused = AdminDb(server.settings()).migrate();
    server.run("do release_lock(" + lock + ");");

    BOOST_TEST_REQUIRE(!refused.ok());
    BOOST_TEST((refused.error().fault == Fault::Rejected));
}

BOOST_AUTO_TEST_CASE(every_byte_comes_back) {
    const std::string large = all_bytes() + std::string(std::size_t{4} << 20U, '\xFF');
    store(1, all_bytes());
    store(2, large);
    store(3, std::string("\0", 1));

    BOOST_TEST((current(1) == all_bytes()));
    BOOST_TEST((current(2) == large));
    BOOST_TEST((current(3) == std::string("\0", 1)));
    BOOST_TEST(current(4) == "(none)");
    BOOST_TEST(versions({JobId{2}}).at(0).size.count == large.size());
}

BOOST_AUTO_TEST_CASE(another_script_replaces_and_the_earlier_one_stays) {
    BOOST_TEST((store(7, "first") == Stored::New));
    BOOST_TEST((store(7, "first") == Stored::Same));
    BOOST_TEST((store(7, "second") == Stored::Replaced));

    const auto found = versions({JobId{7}});

    BOOST_TEST(current(7) == "second");
    BOOST_TEST_REQUIRE(found.size() == 2U);
    BOOST_TEST(found[0].digest == sha256_hex("second"));
    BOOST_TEST(db.script(found[1]).value()->bytes == "first");
    BOOST_TEST(unix_seconds(found[1].first_stored) > 1'700'000'000);
}

BOOST_AUTO_TEST_CASE(versions_of_one_second_come_in_their_order) {
    for (char name = 'a'; name < 'g'; ++name) store(7, std::string(1, name));

    const auto found = versions({JobId{7}});

    BOOST_TEST_REQUIRE(found.size() == 6U);
    for (std::size_t i = 0; i < found.size(); ++i) {
        BOOST_TEST(found[i].digest == sha256_hex(std::string(1, static_cast<char>('f' - i))));
    }
}

BOOST_AUTO_TEST_CASE(an_earlier_script_that_comes_again_is_current_again) {
    store(7, "first");
    store(7, "second");
    BOOST_TEST((store(7, "first") == Stored::Same));

    BOOST_TEST(current(7) == "first");
    BOOST_TEST(versions({JobId{7}}).size() == 2U);
}

BOOST_AUTO_TEST_CASE(the_list_has_each_job_once_the_newest_first) {
    for (std::uint32_t id = 1; id <= 5; ++id) store(id, "script " + std::to_string(id));
    store(2, "another one");

    const auto page = db.list(1, 2);

    BOOST_TEST_REQUIRE(page.ok());
    BOOST_TEST(page.value().jobs == 5U);
    BOOST_TEST_REQUIRE(page.value().versions.size() == 2U);
    BOOST_TEST(page.value().versions[0].job.value == 5U);
    BOOST_TEST(page.value().versions[1].job.value == 4U);
    BOOST_TEST(db.list(0, 1).value().versions.at(0).digest == sha256_hex("another one"));
    BOOST_TEST(db.list(5, 10).value().versions.empty());
}

BOOST_AUTO_TEST_CASE(versions_of_several_jobs_come_together) {
    store(1, "a");
    store(2, "b");
    store(3, "c");

    BOOST_TEST(versions({JobId{1}, JobId{3}, JobId{9}}).size() == 2U);
    BOOST_TEST(versions({}).empty());
}

BOOST_AUTO_TEST_CASE(removing_takes_all_versions) {
    store(7, "first");
    store(7, "second");

    BOOST_TEST(db.remove(JobId{7}).value());
    BOOST_TEST(!db.remove(JobId{7}).value());
    BOOST_TEST(versions({JobId{7}}).empty());
}

BOOST_AUTO_TEST_CASE(a_broken_connection_costs_no_script) {
    store(1, "before");
    server.kill_readers();

    BOOST_TEST((store(2, "after") == Stored::New));
    BOOST_TEST(current(2) == "after");
}

BOOST_AUTO_TEST_CASE(what_must_not_run_twice_does_not) {
    BOOST_TEST(admin.tokens().ok());
    server.kill_readers();

    const auto token =
        admin.create_token({.name = "x", .scopes = "admin", .networks = "", .lifetime = {}});

    BOOST_TEST(!token.ok());
    BOOST_TEST(AdminDb(server.settings()).tokens().value().empty());
}

BOOST_AUTO_TEST_CASE(a_token_is_found_by_its_text_and_kept_as_a_hash) {
    const Secret token = make_token();

    const auto found = find(token);

    BOOST_TEST(token.value.size() == 64U);
    BOOST_TEST_REQUIRE(found.has_value());
    BOOST_TEST(found->name == "prolog");
    BOOST_TEST(found->may(Scope::WriteScripts));
    BOOST_TEST(!found->may(Scope::ReadScripts));
    BOOST_TEST(!found->expired);
    BOOST_TEST(!find(Secret{sha256_hex(token.value)}).has_value());
    BOOST_TEST(!find(Secret{"' or 1=1 -- "}).has_value());
}

BOOST_AUTO_TEST_CASE(an_expired_token_says_so_and_a_revoked_one_is_none) {
    const Secret token = make_token(Seconds{3600});
    BOOST_TEST(!find(token)->expired);
    server.run("update " + server.settings().database +
               ".api_token set expires = utc_timestamp() - interval 1 second;");
    BOOST_TEST(find(token)->expired);

    BOOST_TEST(admin.revoke(find(token)->id).value());
    BOOST_TEST(!find(token).has_value());
    BOOST_TEST(!admin.revoke(1).value());
    BOOST_TEST(admin.tokens().value().at(0).revoked.has_value());
}

BOOST_AUTO_TEST_CASE(a_use_is_noted_once_a_minute) {
    const Secret token = make_token();
    BOOST_TEST(find(token)->use_due);
    BOOST_TEST(db.note_use(*find(token)).ok());
    BOOST_TEST(!find(token)->use_due);
    BOOST_TEST(admin.tokens().value().at(0).last_used.has_value());
    server.run("update " + server.settings().database +
               ".api_token set last_used = utc_timestamp() - interval 61 second;");
    BOOST_TEST(find(token)->use_due);
}

BOOST_AUTO_TEST_CASE(an_original_portals_scripts_and_tokens_are_copied) {
    test::PortalDatabase old;
    const std::string at = old.settings().database + ".";
    old.run("create table " + at +
            "jobstats_jobscript (id_job int unsigned primary key, "
            "last_modified datetime(6), submit_script longtext) charset utf8mb4;"
            "create table " +
            at +
            "auth_user (id int primary key, username varchar(150), "
            "is_staff bool, is_active bool);"
            "create table " +
            at +
            "authtoken_token (`key` varchar(40) primary key, "
            "created datetime(6), user_id int);"
            "insert into " +
            at +
            "jobstats_jobscript values (4294967295, '2021-06-04 12:00:00.5', "
            "'echo 漢字'), (5, '2021-06-05', 'five');"
            "insert into " +
            at +
            "auth_user values (1, 'slurm', 1, 1), (2, 'guest', 0, 1), "
            "(3, 'gone', 1, 0);"
            "insert into " +
            at +
            "authtoken_token values ('aaaa', now(), 1), ('bbbb', now(), 2), "
            "('cccc', now(), 3);");
    store(5, "newer");

    for (int time = 0; time < 2; ++time) {
        const auto copied = admin.import_django(old.settings(), "jobscripts:write");
        BOOST_TEST_REQUIRE(copied.ok());
        BOOST_TEST(copied.value().scripts == 2U);
        BOOST_TEST(copied.value().tokens == 2U);
    }

    BOOST_TEST(current(4294967295U) == "echo 漢字");
    BOOST_TEST(current(5) == "newer");
    BOOST_TEST(versions({JobId{5}}).size() == 2U);
    BOOST_TEST(unix_seconds(versions({JobId{4294967295U}}).at(0).last_stored) == 1'622'808'000);
    BOOST_TEST(find(Secret{"aaaa"})->may(Scope::WriteScripts));
    BOOST_TEST(find(Secret{"aaaa"})->name == "slurm");
    BOOST_TEST(!find(Secret{"bbbb"})->may(Scope::WriteScripts));
    BOOST_TEST(!find(Secret{"cccc"}).has_value());
}

BOOST_AUTO_TEST_CASE(the_shipped_grants_let_the_portal_do_its_work_and_no_more) {
    Settings portal;
    portal.host = test::lab_variable("LAB_DATABASE_HOST");
    portal.port = test::lab_port("LAB_DATABASE_PORT");
    portal.user = test::lab_variable("LAB_DATABASE_USER");
    portal.password.value = test::lab_variable("LAB_DATABASE_PASSWORD");
    MariadbPortalDb own(portal);

    BOOST_TEST(own.store({{4'000'000'001U}, "x"}, "test").ok());
    BOOST_TEST(own.token(Secret{"nobody's"}).ok());
    BOOST_TEST(own.list(0, 1).ok());
    BOOST_TEST(own.remove(JobId{4'000'000'001U}).ok());
    BOOST_TEST(own.note_use({.id = 1, .name = "", .scopes = "", .networks = ""}).ok());
    AdminDb more(portal);
    BOOST_TEST(!more.migrate().ok());
    BOOST_TEST(
        !more.create_token({.name = "x", .scopes = "admin", .networks = "", .lifetime = {}}).ok());
    BOOST_TEST(!more.revoke(1).ok());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace portal::database
