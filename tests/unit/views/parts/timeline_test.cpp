#include "views/pages/jobstats/timeline.h"

#include <boost/test/unit_test.hpp>
#include <vector>

namespace {

using namespace std::chrono_literals;
using portal::views::clock_pieces;
using portal::views::ClockPiece;
using portal::views::Timeline;
using Kind = ClockPiece::Kind;

constexpr portal::Instant kStart{1'700'000'000s};

bool same(const std::vector<ClockPiece>& left, const std::vector<ClockPiece>& right) {
    return left == right;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(timeline)

BOOST_AUTO_TEST_CASE(a_finished_job_shows_what_it_did_not_use) {
    const Timeline line{kStart, kStart + 10min, kStart + 20min, kStart + 50min, 80min,
                        0s,     kStart + 24h};

    BOOST_TEST(same(clock_pieces(line), {{Kind::Held, 0, 100},
                                         {Kind::Waiting, 100, 100},
                                         {Kind::Running, 200, 300},
                                         {Kind::Left, 500, 500}}));
}

BOOST_AUTO_TEST_CASE(a_running_job_reaches_its_limit) {
    const Timeline line{kStart, kStart, kStart, {}, 100min, 0s, kStart + 25min};

    BOOST_TEST(same(clock_pieces(line), {{Kind::Running, 0, 250}, {Kind::Left, 250, 750}}));
}

BOOST_AUTO_TEST_CASE(a_job_past_its_limit_does_not_pass_the_end) {
    const Timeline line{kStart, kStart, kStart, {}, 10min, 0s, kStart + 40min};

    BOOST_TEST(same(clock_pieces(line), {{Kind::Running, 0, 1000}}));
}

BOOST_AUTO_TEST_CASE(a_run_that_is_not_known_has_no_piece) {
    const Timeline line{kStart, kStart, kStart + 10min, kStart + 5min, 1h, 0s, kStart + 9h, true};

    BOOST_TEST(same(clock_pieces(line), {{Kind::Waiting, 0, 1000}}));
}

BOOST_AUTO_TEST_CASE(a_waiting_job_has_not_run) {
    const Timeline line{kStart, kStart + 1min, {}, {}, 10min, 0s, kStart + 4min};

    BOOST_TEST(same(clock_pieces(line), {{Kind::Held, 0, 250}, {Kind::Waiting, 250, 750}}));
}

BOOST_AUTO_TEST_CASE(suspension_moves_the_limit) {
    const Timeline line{kStart, kStart, kStart, {}, 50min, 50min, kStart + 25min};

    BOOST_TEST(same(clock_pieces(line), {{Kind::Running, 0, 250}, {Kind::Left, 250, 750}}));
}

BOOST_AUTO_TEST_CASE(times_out_of_order_stay_in_the_bar) {
    const Timeline line{kStart, kStart + 9h, kStart - 1h, kStart + 1min, {}, 0s, kStart + 2min};

    BOOST_TEST(same(clock_pieces(line), {{Kind::Running, 0, 1000}}));
}

BOOST_AUTO_TEST_CASE(a_job_of_no_length_has_no_pieces) {
    const Timeline line{kStart, kStart, kStart, kStart, {}, 0s, kStart};

    BOOST_TEST(clock_pieces(line).empty());
}

BOOST_AUTO_TEST_SUITE_END()
