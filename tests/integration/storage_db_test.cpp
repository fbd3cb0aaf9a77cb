// Daily copies of who holds what, in the portal's own database.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <map>
#include <string>
#include <vector>

#include "handlers/sources/own/admin_db.h"
#include "handlers/sources/own/mariadb_portal_db.h"
#include "tests/integration/portal_database.h"

namespace portal::database {
namespace {

using Sort = HeldBy::Sort;
using Storage = HeldBy::Storage;

constexpr Day kFirst = 20'000;

template <class T>
T answer(Result<T> result) {
    BOOST_TEST_REQUIRE(result.ok(), (result.ok() ? "" : result.error().detail));
    return std::move(result).value();
}

Holding person(const std::string& name, std::optional<Held> held,
               Storage storage = Storage::Project) {
    return {{Sort::Person, storage, name}, held};
}

Holding group(const std::string& name, std::optional<Held> held) {
    return {{Sort::Group, Storage::Project, name}, held};
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
    void keep(const std::string& file_system, Day day, const std::vector<Holding>& rows) {
        BOOST_TEST(answer(db.storage().keep({0, file_system, day}, rows, lease)));
    }
    std::optional<CopyPair> pair(const std::string& file_system) {
        return growth_pair(answer(db.storage().copies(0)), file_system);
    }
    std::map<std::string, Growth> growth(const std::string& file_system, Sort sort) {
        std::map<std::string, Growth> all;
        for (const Growth& one : answer(db.storage().growth(pair(file_system).value(), sort))) {
            all[one.name] = one;
        }
        return all;
    }

    test::PortalDatabase server;
    MariadbPortalDb db;
    MariadbPortalDb other;
    Lease lease;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(storage_db, Fixture)

BOOST_AUTO_TEST_CASE(growth_is_between_two_copies_and_over_both_storages) {
    keep("one", kFirst,
         {person("ann", Held{100, 10}), person("ann", Held{50, 5}, Storage::Nearline),
          person("ben", Held{700, 7}), person("files", Held{9, 1}), person("gone", Held{5, 5}),
          person("same", Held{3, 3}), group("def-a", Held{800, 17})});
    BOOST_TEST(!pair("one").has_value());
    keep("one", kFirst + 1,
         {person("ann", Held{90, 10}), person("ann", Held{90, 9}, Storage::Nearline),
          person("ben", Held{600, 6}), person("files", Held{8, 2}), person("new", Held{5, 5}),
          person("same", Held{3, 3}), group("def-a", Held{900, 18})});

    const auto people = growth("one", Sort::Person);
    BOOST_TEST(people.size() == 3U);
    BOOST_TEST((people.at("ann").then == Held{150, 15}));
    BOOST_TEST((people.at("ann").now == Held{180, 19}));
    BOOST_TEST(!people.at("ann").appeared);
    BOOST_TEST((people.at("files").now == Held{8, 2}));
    BOOST_TEST((people.at("new").then == Held{}));
    BOOST_TEST(people.at("new").appeared);
    const auto groups = growth("one", Sort::Group);
    BOOST_TEST(groups.size() == 1U);
    BOOST_TEST((groups.at("def-a").now == Held{900, 18}));
}

BOOST_AUTO_TEST_CASE(groups_are_found_by_name_on_one_storage_shrunk_ones_too) {
    const Holding tape{{Sort::Group, Storage::Nearline, "def-a"}, Held{7, 7}};
    keep("one", kFirst, {group("def-a", Held{800, 17}), group("def-b", Held{1, 1}), tape});
    keep("one", kFirst + 30, {group("def-a", Held{300, 17}), group("def-b", Held{2, 1})});
    const std::vector<std::string> names = {"def-a", "nobody", "def-a' or '1'='1"};

    const auto found =
        answer(db.storage().growth_of_groups(pair("one").value(), Storage::Project, names));
    BOOST_TEST_REQUIRE(found.size() == 1U);
    BOOST_TEST(found[0].name == "def-a");
    BOOST_TEST((found[0].now == Held{300, 17}));
    BOOST_TEST(
        answer(db.storage().growth_of_groups(pair("one").value(), Storage::Project, {})).empty());
    const auto tapes =
        answer(db.storage().growth_of_groups(pair("one").value(), Storage::Nearline, names));
    BOOST_TEST((tapes.at(0).then == Held{7, 7}));
    BOOST_TEST((tapes.at(0).now == Held{}));
}

BOOST_AUTO_TEST_CASE(what_is_not_known_at_either_end_is_not_known) {
    keep("one", kFirst,
         {person("ann", std::nullopt), person("ben", Held{1, 1}), person("eve", Held{1, 1})});
    keep("one", kFirst + 1,
         {person("ann", Held{9, 9}), person("ben", Held{9, 9}),
          person("ben", std::nullopt, Storage::Nearline), person("eve", Held{2, 2})});

    const auto people = growth("one", Sort::Person);
    BOOST_TEST(people.size() == 3U);
    BOOST_TEST(!people.at("ann").known);
    BOOST_TEST(!people.at("ben").known);
    BOOST_TEST(people.at("eve").known);
}

BOOST_AUTO_TEST_CASE(names_are_bytes_and_numbers_may_be_the_largest) {
    const std::uint64_t large = (std::uint64_t{1} << 62U) - 1;
    keep("one", kFirst, {person("ann", Held{1, 1})});
    keep("one", kFirst + 1,
         {person("ann ", Held{1, 1}), person("Ann", Held{2, 2}), person("", Held{3, 3}),
          person("o'brien\"", Held{4, 4}), person(std::string(381, 'x'), Held{5, 5}),
          person("\xEF\xBF\xBD", Held{6, 6}), person("ann", Held{large, large}),
          person("ann", Held{large, large}, Storage::Nearline)});

    const auto people = growth("one", Sort::Person);
    BOOST_TEST(people.size() == 7U);
    BOOST_TEST((people.at("ann").now == Held{2 * large, 2 * large}));
    BOOST_TEST(people.at("ann ").appeared);
}

BOOST_AUTO_TEST_CASE(a_day_is_copied_once_whoever_does_it) {
    keep("one", kFirst, {person("ann", Held{1, 1})});
    BOOST_TEST(answer(other.storage().keep({0, "one", kFirst}, {}, lease)));
    keep("one", kFirst, {person("ann", Held{7, 7}), person("ben", Held{7, 7})});
    keep("two", kFirst, {person("ben", Held{7, 7})});
    keep("one", kFirst + 1, {person("ann", Held{2, 2})});

    BOOST_TEST(answer(db.storage().copies(0)).size() == 3U);
    BOOST_TEST(answer(db.storage().copies(kFirst + 1)).size() == 1U);
    BOOST_TEST((growth("one", Sort::Person).at("ann").then == Held{1, 1}));
    BOOST_TEST(growth("one", Sort::Person).size() == 1U);
}

BOOST_AUTO_TEST_CASE(who_has_lost_the_lease_keeps_and_removes_nothing) {
    keep("one", kFirst, {person("ann", Held{1, 1})});
    run("update lease set until = now(6) - interval 1 second");

    const std::vector<Holding> rows = {person("ann", Held{2, 2})};
    BOOST_TEST(!answer(db.storage().keep({0, "one", kFirst + 1}, rows, lease)));
    BOOST_TEST(!answer(db.storage().keep({0, "one", kFirst}, rows, lease)));
    BOOST_TEST(answer(db.storage().prune(kFirst + 9, lease)) == 0U);
    BOOST_TEST(answer(db.storage().copies(0)).size() == 1U);
}

/// A copy of 300 rows takes several statements: whichever is the last one, it is not there.
BOOST_AUTO_TEST_CASE(a_copy_that_could_not_be_finished_is_none_and_is_made_again) {
    std::vector<Holding> rows;
    for (std::uint64_t i = 1; i <= 300; ++i) {
        rows.push_back(person("user" + std::to_string(i), Held{i, i}));
    }
    run("create table fails (owner varbinary(400)); create trigger fail before insert on "
        "storage_day for each row set new.kind = if(exists (select 1 from fails where owner = "
        "new.owner), null, new.kind)");
    for (const char* last : {"user1", "user200", "user300"}) {
        run(std::string("delete from fails; insert into fails values ('") + last + "')");
        BOOST_TEST(!db.storage().keep({0, "one", kFirst}, rows, lease).ok(), last);
        BOOST_TEST(answer(db.storage().copies(0)).empty());
    }
    run("delete from fails");
    keep("one", kFirst - 1, {});
    keep("one", kFirst, rows);
    const auto people = growth("one", Sort::Person);
    BOOST_TEST(people.size() == 300U);
    BOOST_TEST((people.at("user300").now == Held{300, 300}));
}

BOOST_AUTO_TEST_CASE(old_copies_go_one_by_one_with_their_rows) {
    for (Day day = kFirst; day < kFirst + 4; ++day) {
        keep("one", day, {person("ann", Held{day, 1}), group("def-a", Held{day, 1})});
        keep("two", day, {person("ann", Held{day, 1})});
    }
    int gone = 0;
    while (answer(db.storage().prune(kFirst + 2, lease)) > 0) ++gone;
    BOOST_TEST(gone == 4);

    BOOST_TEST(answer(db.storage().copies(0)).size() == 4U);
    BOOST_TEST((growth("one", Sort::Person).at("ann").then == Held{kFirst + 2, 1}));
    // Rows that belong to no copy would make this fail.
    run("alter table storage_day add foreign key (copy) references storage_copy (id)");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace portal::database
