#include "handlers/usersummary/forecast.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>
#include <numbers>
#include <random>
#include <vector>

using namespace portal;

namespace {

constexpr Instant kNow{Seconds{1'800'000'000}};
constexpr double kGap = std::numeric_limits<double>::quiet_NaN();

double days_until(Instant instant) {
    return static_cast<double>((instant - kNow).count()) / 86400;
}

/// `count` days up to now, from a function of the day, which is 0 now and negative before.
template <class Use>
std::vector<double> history(int count, Use use) {
    std::vector<double> days;
    for (int day = 1 - count; day <= 0; ++day) days.push_back(use(day));
    return days;
}

/// Ten a day, 1000 now.
double linear(int day) {
    return 1000 + 10.0 * day;
}

double with_weekends(int day) {
    return linear(day) + 15 * std::sin(2 * std::numbers::pi * day / 7);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(forecast)

BOOST_AUTO_TEST_CASE(a_steady_growth_has_its_day) {
    const auto found = usersummary::forecast(history(90, linear), 1300, kNow);

    BOOST_TEST_REQUIRE(found.has_value());
    BOOST_TEST(days_until(found->expected) == 30);
    BOOST_TEST(days_until(found->early) == 29);
    BOOST_TEST(days_until(found->late) == 30);
}

BOOST_AUTO_TEST_CASE(weekends_do_not_matter) {
    const auto found = usersummary::forecast(history(90, with_weekends), 1300, kNow);

    BOOST_TEST_REQUIRE(found.has_value());
    BOOST_TEST(std::abs(days_until(found->expected) - 30) < 2);
}

BOOST_AUTO_TEST_CASE(two_weeks_are_enough_and_less_is_not) {
    BOOST_TEST(usersummary::forecast(history(14, linear), 1300, kNow).has_value());
    BOOST_TEST(!usersummary::forecast(history(13, linear), 1300, kNow).has_value());
}

BOOST_AUTO_TEST_CASE(days_without_samples_are_left_out) {
    auto days = history(90, linear);
    for (std::size_t day = 3; day < 80; day += 5) days[day] = kGap;
    BOOST_TEST(usersummary::forecast(days, 1300, kNow).has_value());

    days.back() = kGap;
    BOOST_TEST(!usersummary::forecast(days, 1300, kNow).has_value());
}

BOOST_AUTO_TEST_CASE(what_falls_stands_still_or_is_full_has_no_day) {
    BOOST_TEST(
        !usersummary::forecast(history(90, [](int day) { return -linear(day); }), 1300, kNow));
    BOOST_TEST(!usersummary::forecast(history(90, [](int) { return 1000.0; }), 1300, kNow));
    BOOST_TEST(!usersummary::forecast(history(90, linear), 1000, kNow));
    BOOST_TEST(!usersummary::forecast(history(90, linear), 900, kNow));
}

BOOST_AUTO_TEST_CASE(a_single_jump_is_no_pace) {
    const auto days = history(90, [](int day) { return linear(day) + (day > -6 ? 400 : 0); });

    BOOST_TEST(!usersummary::forecast(days, 2000, kNow));
}

BOOST_AUTO_TEST_CASE(what_is_cleaned_up_each_month_is_never_full) {
    const auto days = history(90, [](int day) { return 500.0 + 10 * ((day + 300) % 30); });

    BOOST_TEST(!usersummary::forecast(days, 900, kNow));
}

BOOST_AUTO_TEST_CASE(beyond_half_a_year_nothing_is_said) {
    BOOST_TEST(usersummary::forecast(history(90, linear), 1000 + 10 * 180, kNow).has_value());
    BOOST_TEST(!usersummary::forecast(history(90, linear), 1000 + 10 * 190, kNow).has_value());
}

BOOST_AUTO_TEST_CASE(a_pace_that_varies_too_much_is_not_told) {
    std::mt19937 random(1);
    std::normal_distribution<double> daily(3, 60);
    double value = 0;
    const auto days = history(60, [&](int) { return value += daily(random); });

    BOOST_TEST(!usersummary::forecast(days, days.back() + 400, kNow));
}

/// Worlds whose growth of a day is drawn anew each day or each week, some with weekends: what was
/// foreseen is compared with what came.
BOOST_AUTO_TEST_CASE(eight_of_ten_days_come_within_their_band) {
    std::mt19937 random(20261130);
    const auto share = [&] { return std::uniform_real_distribution<double>(0, 1)(random); };
    int told = 0;
    int right = 0;
    for (int world = 0; world < 1000; ++world) {
        const double spread = share();
        const int kept = world % 2 == 0 ? 1 : 7;
        const double weekends = world % 3 == 0 ? 1 : 0;
        std::lognormal_distribution<double> growth(0, 0.2 + spread);
        std::vector<double> all;
        double value = 200;
        double a_day = 0;
        for (int day = 0; day < 90 + 365; ++day) {
            if (day % kept == 0) a_day = growth(random);
            const bool weekend = day % 7 > 4;
            all.push_back(value += weekend ? a_day * (1 - weekends) : a_day);
        }
        const double limit = all[89] + 10 + 60 * share();
        const auto found = usersummary::forecast(std::span(all).first(90), limit, kNow);
        if (!found) continue;
        ++told;
        std::size_t day = 89;
        while (all[day] < limit) ++day;
        const auto days = static_cast<double>(day - 89);
        if (days >= days_until(found->early) && days <= days_until(found->late)) ++right;
    }
    BOOST_TEST_MESSAGE("told " << told << " of 1000, right " << right);
    BOOST_TEST(told > 700);
    BOOST_TEST(right * 10 >= told * 8);
}

BOOST_AUTO_TEST_SUITE_END()
