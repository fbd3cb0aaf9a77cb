// What a reader sets by links: ranges of time, the order of a table; and the names of accounts.
#include <boost/test/unit_test.hpp>

#include "fcgi/http/http_error.h"
#include "handlers/access/account_name.h"
#include "handlers/page/page_range.h"
#include "handlers/page/sorting.h"

namespace {

using namespace portal;

constexpr std::array<Seconds, 2> kLengths = {std::chrono::hours{6}, std::chrono::days{7}};
constexpr RangePresets kPresets = {kLengths, kLengths[0], kLengths[1]};
constexpr std::array<SortKey, 2> kKeys = {SortKey{"wasted"}, SortKey{"user", false}};

Request asking(std::vector<QueryParameter> query) {
    Request request;
    request.query = std::move(query);
    return request;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(controls)

BOOST_AUTO_TEST_CASE(a_page_shows_its_usual_range_unless_the_address_names_another) {
    const Instant now = from_unix(1'000'000);
    const TimeRange usual = page_range(asking({}), now, kPresets);
    BOOST_TEST(usual.length().count() == 6 * 3600);
    BOOST_TEST((usual.to == now));
    BOOST_TEST(page_range(asking({{"delta", "600"}}), now, kPresets).length().count() == 600);
    const TimeRange far = page_range(asking({{"start", "1"}}), now, kPresets);
    BOOST_TEST(far.length().count() == 7 * 86400);
    BOOST_CHECK_THROW((void)page_range(asking({{"delta", "x"}}), now, kPresets), HttpError);
}

BOOST_AUTO_TEST_CASE(a_preset_changes_the_range_and_nothing_else_of_the_address) {
    const auto plain = range_choices(asking({{"name", "a b&c"}}), "/page/", kPresets);
    BOOST_TEST(plain.at(0).current);
    BOOST_TEST(plain.at(0).link == "/page/?name=a%20b%26c");
    BOOST_TEST(!plain.at(1).current);
    BOOST_TEST(plain.at(1).link == "/page/?name=a%20b%26c&delta=604800");
    const auto chosen = range_choices(asking({{"start", "5"}, {"end", "9"}}), "/page/", kPresets);
    BOOST_TEST(!chosen.at(0).current);
    BOOST_TEST(chosen.at(0).link == "/page/");
    const auto week = range_choices(asking({{"delta", "604800"}}), "/page/", kPresets);
    BOOST_TEST(week.at(1).current);
}

BOOST_AUTO_TEST_CASE(a_table_is_sorted_by_its_first_key_or_the_one_asked_for) {
    BOOST_TEST(sorting_of(asking({}), kKeys).key == "wasted");
    BOOST_TEST(sorting_of(asking({}), kKeys).descending);
    BOOST_TEST(!sorting_of(asking({{"sort", "user"}}), kKeys).descending);
    BOOST_TEST(sorting_of(asking({{"sort", "-user"}}), kKeys).descending);
    BOOST_CHECK_THROW((void)sorting_of(asking({{"sort", "password"}}), kKeys), HttpError);
}

BOOST_AUTO_TEST_CASE(the_head_of_the_sorted_column_turns_the_order_round) {
    const Request request = asking({{"sort", "user"}, {"delta", "60"}});
    const Sorting present = sorting_of(request, kKeys);
    const auto user = sort_column(request, "/page/", present, kKeys[1], {});
    BOOST_TEST(user.link == "/page/?delta=60&sort=-user");
    BOOST_TEST((user.order == views::SortColumn::Order::Ascending));
    const auto wasted = sort_column(request, "/page/", present, kKeys[0], {});
    BOOST_TEST(wasted.link == "/page/?delta=60&sort=wasted");
    BOOST_TEST((wasted.order == views::SortColumn::Order::None));
}

BOOST_AUTO_TEST_CASE(rows_are_sorted_by_value_and_those_without_one_come_last) {
    using Values = std::vector<SortValue>;
    const auto sorted = [](Values rows, bool descending) {
        sort_rows(rows, {"wasted", descending}, [](const SortValue& row) { return row; });
        return rows;
    };
    const Values numbers = {9.0, std::monostate{}, 10.0, -1.0};
    BOOST_TEST((sorted(numbers, true) == Values{10.0, 9.0, -1.0, std::monostate{}}));
    BOOST_TEST((sorted(numbers, false) == Values{-1.0, 9.0, 10.0, std::monostate{}}));
    const Values names = {"b", "a"};
    BOOST_TEST((sorted(names, false) == Values{"a", "b"}));
}

BOOST_AUTO_TEST_CASE(two_tables_of_one_page_are_sorted_apart) {
    const Request request = asking({{"sort", "user"}, {"gpu_sort", "wasted"}});
    const auto gpus = sorting_of(request, kKeys, "gpu_sort");
    BOOST_TEST(gpus.key == "wasted");
    BOOST_TEST(sort_column(request, "/page/", gpus, kKeys[0], {}).link ==
               "/page/?sort=user&gpu_sort=-wasted");
}

BOOST_AUTO_TEST_CASE(an_account_is_a_group_with_or_without_an_ending) {
    BOOST_TEST(parse_account("def-alice")->group == "def-alice");
    BOOST_TEST(parse_account("def-alice")->is_default("def-"));
    BOOST_TEST(parse_account("DEF-Alice")->is_default("def-"));
    BOOST_TEST(!parse_account("de")->is_default("def-"));
    BOOST_TEST(!parse_account("rrg-alice_cpu")->is_default("def-"));
    BOOST_TEST(!parse_account("def-alice")->is_default(""));
    BOOST_TEST(parse_account("def-group_gpu")->group == "def-group");
    BOOST_TEST(parse_account("def-ccc_cpu")->group == "def-ccc");
    BOOST_TEST(parse_account("def-x_cpu_gpu")->group == "def-x_cpu");
    BOOST_TEST(parse_account("rrg-bob-ab_cpu")->group == "rrg-bob-ab");
    BOOST_TEST(!parse_account("rrg-bob-ab_cpu")->gpu);
    BOOST_TEST(parse_account("rrg_x_gpu")->group == "rrg_x");
    BOOST_TEST(parse_account("rrg_x_gpu")->gpu);
    for (const char* wrong : {"", "_gpu", "a b", "a\"", "-a", "..", "a*", "a{}", "a/b", "a,b",
                              "a|b", "a\x01", "\xff", "a\u202Eb", "a\u200Bb", "a\u0085"}) {
        BOOST_TEST(!parse_account(wrong).has_value(), wrong);
    }
    BOOST_TEST(!parse_account(std::string(129, 'a')).has_value());
}

BOOST_AUTO_TEST_CASE(accounts_are_named_as_sites_name_them) {
    for (const char* name : {"team@corp", "Team_A", "o'brien", "c++", "~x", "équipe-1", "研究室",
                             "r&d", "a:b", "_service"}) {
        BOOST_TEST(parse_account(name).has_value(), name);
        BOOST_TEST(parse_account(std::string(name) + "_gpu")->group == name, name);
    }
    BOOST_TEST(parse_account(std::string(64, 'a') + "_cpu").has_value());
    const std::vector<std::string> both = {"Team@Corp_cpu", "team@corp_cpu"};
    BOOST_TEST(parse_account("Team@Corp_cpu")->labels() == both, boost::test_tools::per_element());
    BOOST_TEST(parse_account("team@corp")->labels().size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
