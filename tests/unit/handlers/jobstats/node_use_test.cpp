#include "handlers/jobstats/run/node_use.h"

#include <boost/test/unit_test.hpp>

namespace {

using namespace portal;
using namespace portal::jobstats;

constexpr Expected kOneNode{Seconds{7200}, Seconds{90}, 1};

}  // namespace

BOOST_AUTO_TEST_SUITE(node_use)

BOOST_AUTO_TEST_CASE(the_ends_of_a_run_are_not_missing) {
    BOOST_TEST(covered_share({7110}, kOneNode) == 1.0);
}

BOOST_AUTO_TEST_CASE(a_blind_node_and_a_late_beginning_lower_the_coverage) {
    BOOST_TEST(covered_share({1800}, kOneNode) == (1800 + 90) / 7200.0);
    BOOST_TEST(covered_share({1800}, {Seconds{1800}, Seconds{90}, 2}) == 0.5);
}

BOOST_AUTO_TEST_CASE(moments_nobody_told_are_no_lack_of_coverage) {
    BOOST_TEST(covered_share({}, kOneNode) == 1.0);
}

BOOST_AUTO_TEST_SUITE_END()
