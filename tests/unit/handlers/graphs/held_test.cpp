#include "handlers/graphs/held.h"

#include <boost/test/unit_test.hpp>

namespace {

using namespace portal;

const promql::Selector kCores("cores");
constexpr Instant kNow = from_unix(1'750'000'000);

prometheus::Grid grid_of(std::int64_t step) {
    return {kNow, Seconds{step}, 10};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(held)

BOOST_AUTO_TEST_CASE(a_recorded_value_is_divided_by_all_recordings_of_the_step) {
    BOOST_TEST(recorded({"user"}, kCores, grid_of(180)).text("") == "sum by (user) (cores{})");
    BOOST_TEST(recorded({"user"}, kCores, grid_of(3600)).text("") ==
               "(sum by (user) (sum_over_time(cores{}[3600s])) / on () group_left () "
               "(max by () (count_over_time(slurm_job:allocated_core:count{}[3600s])) or "
               "max by () (count_over_time(cores{}[3600s]))))");
}

BOOST_AUTO_TEST_CASE(hours_add_up_the_steps_of_the_range) {
    const TimeRange hour{kNow - Seconds{3600}, kNow};
    const TimeRange weeks{kNow - Seconds{14 * 86400}, kNow};

    const std::string fine = recorded_hours({"user"}, kCores, hour).text("");
    const std::string coarse = recorded_hours({"user"}, kCores, weeks).text("");

    BOOST_TEST(fine.ends_with("[3599s:300s]) * 0.08333333333333333)"), fine);
    BOOST_TEST(coarse.ends_with("[1209599s:3600s]) * 1)"), coarse);
    BOOST_TEST(coarse.find("sum_over_time(cores{}[3600s])") != std::string::npos, coarse);
}

BOOST_AUTO_TEST_CASE(a_gauge_is_looked_at_each_minute_and_absence_is_zero) {
    BOOST_TEST(portal::held({"user"}, kCores, grid_of(60)).text("") == "sum by (user) (cores{})");
    BOOST_TEST(portal::held({"user"}, kCores, grid_of(600)).text("") ==
               "(sum by (user) (sum_over_time((cores{})[599s:60s])) / 10)");
    BOOST_TEST(held_count({"user"}, kCores, grid_of(60)).text("") == "count by (user) (cores{})");
    BOOST_TEST(held_count({"user"}, kCores, grid_of(600)).text("") ==
               "(sum by (user) (count_over_time((cores{})[599s:60s])) / 10)");
}

BOOST_AUTO_TEST_SUITE_END()
