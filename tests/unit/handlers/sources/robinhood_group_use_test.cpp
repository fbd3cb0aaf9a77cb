#include <boost/test/unit_test.hpp>

#include "handlers/sources/robinhood/group_use.h"

namespace {

using portal::Bytes;
using portal::robinhood::Amount;
using portal::robinhood::group_uses;
using portal::robinhood::owner_sums;
using portal::robinhood::OwnerRow;

Amount amount(std::uint64_t inodes, std::uint64_t bytes) {
    return {inodes, Bytes{bytes}};
}

OwnerRow project_row(const std::string& user, std::uint64_t inodes, std::uint64_t bytes) {
    return {"def-smith", user, amount(inodes, bytes), {}, {}};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(robinhood_group_use)

BOOST_AUTO_TEST_CASE(the_total_counts_root_and_those_with_few_files_the_list_does_not) {
    const auto uses = group_uses(
        {"def-smith"},
        {project_row("alice", 10, 100), project_row("root", 5, 7), project_row("carol", 2, 50)});

    BOOST_TEST_REQUIRE(uses.size() == 1U);
    BOOST_TEST((uses[0].project.total == amount(17, 157)));
    BOOST_TEST_REQUIRE(uses[0].project.owners.size() == 1U);
    BOOST_TEST(uses[0].project.owners[0].user == "alice");
}

BOOST_AUTO_TEST_CASE(a_group_is_the_same_in_any_case) {
    const auto uses = group_uses({"Def-Smith"}, {project_row("alice", 10, 100)});

    BOOST_TEST((uses[0].project.total == amount(10, 100)));
    BOOST_TEST(uses[0].group == "Def-Smith");
}

BOOST_AUTO_TEST_CASE(three_files_are_enough_for_a_line) {
    const auto uses = group_uses({"def-smith"}, {project_row("david", 3, 0)});

    BOOST_TEST(uses[0].project.owners.size() == 1U);
}

BOOST_AUTO_TEST_CASE(on_tape_bytes_make_a_line_whatever_the_number_of_files) {
    const auto uses = group_uses({"def-smith"}, {{"def-smith", "one", {}, {}, amount(1, 3)},
                                                 {"def-smith", "many", {}, {}, amount(9, 2)}});

    BOOST_TEST((uses[0].tape.total == amount(10, 5)));
    BOOST_TEST_REQUIRE(uses[0].tape.owners.size() == 1U);
    BOOST_TEST(uses[0].tape.owners[0].user == "one");
}

BOOST_AUTO_TEST_CASE(owners_stand_by_bytes_then_by_name) {
    const auto uses = group_uses(
        {"def-smith"}, {project_row("b", 9, 10), project_row("c", 9, 30), project_row("a", 9, 10)});

    BOOST_TEST(uses[0].project.owners[0].user == "c");
    BOOST_TEST(uses[0].project.owners[1].user == "a");
    BOOST_TEST(uses[0].project.owners[2].user == "b");
}

BOOST_AUTO_TEST_CASE(a_group_without_rows_has_zeros_and_a_name_that_differs_is_another_group) {
    const auto uses = group_uses({"def-jones", "def-smith2"}, {project_row("alice", 10, 100)});

    BOOST_TEST_REQUIRE(uses.size() == 2U);
    BOOST_TEST((uses[0].project.total == Amount{}));
    BOOST_TEST((uses[1].project.total == Amount{}));
    BOOST_TEST(uses[1].group == "def-smith2");
}

BOOST_AUTO_TEST_CASE(an_impossible_number_is_not_known_and_not_in_the_total) {
    const std::uint64_t below_zero = 0 - std::uint64_t{6};
    const auto uses = group_uses(
        {"def-smith"},
        {project_row("bob", 9, below_zero), project_row("root", below_zero, 1),
         project_row("alice", 10, 100), project_row("carol", 3, std::uint64_t{1} << 61U)});

    const auto& project = uses[0].project;
    BOOST_TEST((project.total == amount(13, 100 + (std::uint64_t{1} << 61U))));
    BOOST_TEST(project.left_out == (std::vector<std::string>{"bob", "root"}),
               boost::test_tools::per_element());
    BOOST_TEST_REQUIRE(project.owners.size() == 3U);
    BOOST_TEST(project.owners[0].user == "carol");
    BOOST_TEST(project.owners[2].user == "bob");
    BOOST_TEST(!project.owners[2].amount.has_value());
}

BOOST_AUTO_TEST_CASE(a_name_of_odd_bytes_becomes_text) {
    const auto uses = group_uses({"def-smith"}, {project_row("\xff\xfeodd", 9, 10)});

    BOOST_TEST(uses[0].project.owners[0].user == "\xEF\xBF\xBD\xEF\xBF\xBDodd");
}

BOOST_AUTO_TEST_CASE(everybody_is_added_up_over_groups_and_each_group_over_its_people) {
    const auto sums = owner_sums({{"def-a", "ann", amount(1, 10), amount(2, 20), amount(3, 30)},
                                  {"def-b", "ann", amount(4, 40), {}, {}},
                                  {"def-a", "root", amount(5, 50), {}, {}},
                                  {"def-b", "gone", {}, {}, {}}});

    BOOST_TEST_REQUIRE(sums.people.size() == 1U);
    BOOST_TEST(sums.people[0].name == "ann");
    BOOST_TEST((sums.people[0].project == amount(5, 50)));
    BOOST_TEST((sums.people[0].nearline == amount(5, 50)));
    BOOST_TEST_REQUIRE(sums.groups.size() == 2U);
    BOOST_TEST((sums.groups[0].project == amount(6, 60)));
    BOOST_TEST((sums.groups[1].project == amount(4, 40)));
}

BOOST_AUTO_TEST_CASE(a_sum_with_an_impossible_part_is_not_known_and_no_zero) {
    const Amount below = amount(std::uint64_t{0} - 3, 10);
    const auto sums = owner_sums({{"def-a", "ann", amount(1, 10), {}, {}},
                                  {"def-b", "ann", below, {}, {}},
                                  {"def-a", "ben", amount(2, 20), {}, below},
                                  {"def-a", "root", {}, amount(7, std::uint64_t{0} - 1), {}}});

    BOOST_TEST_REQUIRE(sums.people.size() == 2U);
    BOOST_TEST(!sums.people[0].project.has_value());
    BOOST_TEST((sums.people[0].nearline == Amount{}));
    BOOST_TEST((sums.people[1].project == amount(2, 20)));
    BOOST_TEST(!sums.people[1].nearline.has_value());
    BOOST_TEST((sums.groups[0].project == amount(3, 30)));
    BOOST_TEST(!sums.groups[0].nearline.has_value());
    BOOST_TEST(!sums.groups[1].project.has_value());
}

BOOST_AUTO_TEST_CASE(names_that_cannot_be_told_apart_are_one) {
    const auto sums = owner_sums({{"g", "a\xFF", amount(1, 10), {}, {}},
                                  {"g", "a\xFE", amount(2, 20), {}, {}},
                                  {"g", "4242", amount(3, 30), {}, {}}});

    BOOST_TEST_REQUIRE(sums.people.size() == 2U);
    BOOST_TEST(sums.people[0].name == "4242");
    BOOST_TEST(sums.people[1].name == "a\xEF\xBF\xBD");
    BOOST_TEST((sums.people[1].project == amount(3, 30)));
}

BOOST_AUTO_TEST_SUITE_END()
