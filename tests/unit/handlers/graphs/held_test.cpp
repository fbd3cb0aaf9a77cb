#include "handlers/graphs/held.h"

#include <boost/test/unit_test.hpp>
#include <cmath>

namespace {

using namespace portal;

const promql::Selector kCores("cores");
constexpr Instant kNow = from_unix(1'750'000'000);

prometheus::Grid grid_of(std::int64_t step) {
    return {kNow, Seconds{step}, 10};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(held)

BOOST_AUTO_TEST_CASE(samples_of_a_rule_are_added_up_once_points_would_skip_some) {
    BOOST_TEST(recorded({"user"}, kCores, grid_of(180)).text("") ==
               "sum by (user) (max by (cluster,user,account,gpu_type) (cores{}))");
    BOOST_TEST(recorded({"user"}, kCores, grid_of(3600)).text("") ==
               "sum by (user) (max by (cluster,user,account,gpu_type) "
               "(sum_over_time(cores{}[3599s])))");
}

BOOST_AUTO_TEST_CASE(steps_end_where_the_range_does) {
    for (const std::int64_t length : {300, 3600, 5000, 86'400, 1'209'600, 5'184'000, 5'184'001}) {
        const prometheus::Grid grid = steps_of({kNow - Seconds{length}, kNow});
        const auto covered = grid.step.count() * static_cast<std::int64_t>(grid.count);
        BOOST_TEST((grid.last() == kNow));
        BOOST_TEST(covered <= length);
        BOOST_TEST(covered > length - 24);
        BOOST_TEST(grid.count <= 24U);
    }
}

/// Most samples in a window of a series of so many samples.
MostSamples most(Seconds window, double interval, double samples) {
    return {window,
            std::min(samples, std::floor(static_cast<double>(window.count()) / interval) + 1)};
}

BOOST_AUTO_TEST_CASE(an_interval_is_found_by_counting) {
    const Seconds few{179};
    const Seconds many{599};
    for (const double interval : {10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 300}) {
        const double found = interval_of(most(few, interval, 1000), most(many, interval, 1000));
        BOOST_TEST(found == interval);
    }
    // Somebody who ran for three minutes only.
    BOOST_TEST(interval_of(most(few, 60, 3), most(many, 60, 3)) == 60);
    BOOST_TEST(interval_of(most(few, 60, 5), most(many, 60, 5)) == 60);
    // Looks that never saw all of a run of ten minutes, or of eight.
    BOOST_TEST(interval_of({few, 3}, {many, 8}) == 60);
    BOOST_TEST(interval_of({few, 2}, {many, 8}) == 60);
    BOOST_TEST(interval_of({few, 2}, {many, 4}) == 120);
    // A site with an interval of its own.
    BOOST_TEST(std::abs(interval_of(most(few, 25, 1000), most(many, 25, 1000)) - 25) < 1);
    BOOST_TEST(std::isnan(interval_of({few, 1}, {many, 1})));
    BOOST_TEST(std::isnan(interval_of({few, prometheus::kGap}, {many, prometheus::kGap})));
}

BOOST_AUTO_TEST_CASE(a_gauge_is_looked_at_each_minute_and_absence_is_zero) {
    BOOST_TEST(portal::held({"user"}, kCores.now(), grid_of(60)).text("") ==
               "sum by (user) (cores{})");
    BOOST_TEST(portal::held({"user"}, kCores.now(), grid_of(600)).text("") ==
               "(sum by (user) (sum_over_time((cores{})[599s:60s])) / 10)");
    BOOST_TEST(held_count({"user"}, kCores.now(), grid_of(60)).text("") ==
               "count by (user) (cores{})");
    BOOST_TEST(held_count({"user"}, kCores.now(), grid_of(600)).text("") ==
               "(sum by (user) (count_over_time((cores{})[599s:60s])) / 10)");
}

BOOST_AUTO_TEST_SUITE_END()
