#include "handlers/jobstats/job/coverage.h"

#include <boost/test/unit_test.hpp>

namespace {

using namespace portal;
using namespace portal::jobstats;

constexpr Expected kOneNode{Seconds{7200}, Seconds{90}, 1};
const std::pair<std::string, std::string> kMine{"n1", "def-a"};
const std::pair<std::string, std::string> kError{"n1", "error"};

}  // namespace

BOOST_AUTO_TEST_SUITE(coverage)

BOOST_AUTO_TEST_CASE(the_ends_of_a_run_are_not_missing) {
    const Counted counted = join_stretches({{kMine, {1030, 8140, 100}}}, kOneNode);

    BOOST_TEST(counted.growth == 100);
    BOOST_TEST(counted.covered == 1.0);
}

BOOST_AUTO_TEST_CASE(a_label_that_changes_once_is_two_parts_of_one_whole) {
    const Counted counted =
        join_stretches({{kError, {1000, 4000, 30}}, {kMine, {4030, 8200, 42}}}, kOneNode);

    BOOST_TEST(counted.growth == 72);
    BOOST_TEST(counted.covered == 1.0);
}

BOOST_AUTO_TEST_CASE(a_label_that_comes_back_counts_the_time_between_once) {
    const Counted counted =
        join_stretches({{kMine, {1000, 8200, 72}}, {kError, {3000, 5000, 20}}}, kOneNode);

    BOOST_TEST(counted.growth == 72);
    BOOST_TEST(counted.covered == 1.0);
}

BOOST_AUTO_TEST_CASE(labels_that_take_turns_count_each_moment_once) {
    const Counted counted =
        join_stretches({{kError, {1000, 5000, 40}}, {kMine, {3000, 8200, 52}}}, kOneNode);

    BOOST_TEST(counted.growth == 72, boost::test_tools::tolerance(1e-9));
}

BOOST_AUTO_TEST_CASE(a_blind_node_and_a_late_beginning_lower_the_coverage) {
    const Stretches late = {{kMine, {6400, 8200, 1}}};

    BOOST_TEST(join_stretches(late, kOneNode).covered == (1800 + 90) / 7200.0);
    BOOST_TEST(join_stretches(late, {Seconds{1800}, Seconds{90}, 2}).covered == 0.5);
}

BOOST_AUTO_TEST_CASE(moments_nobody_told_are_no_lack_of_coverage) {
    const Counted counted = join_stretches({{kMine, {0, 0, 7}}}, kOneNode);

    BOOST_TEST(counted.growth == 7);
    BOOST_TEST(counted.covered == 1.0);
}

BOOST_AUTO_TEST_SUITE_END()
