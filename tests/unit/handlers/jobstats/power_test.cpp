#include "handlers/jobstats/run/power.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>

namespace {

using namespace portal;
using namespace portal::jobstats;

constexpr double kGap = std::numeric_limits<double>::quiet_NaN();

prometheus::Grid minutes(std::size_t count) {
    return {from_unix(0), Seconds{60}, count};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(power)

BOOST_AUTO_TEST_CASE(a_cpu_job_gets_its_share_of_the_cores) {
    const PowerSamples samples{minutes(2), {{"n1", {400, 600}}}, {}, {}};

    const ByNode watts = attribute_power(samples, {{"n1", {16, 64}}});

    BOOST_TEST(watts.at("n1").at(0) == 100);
    BOOST_TEST(watts.at("n1").at(1) == 150);
}

BOOST_AUTO_TEST_CASE(a_gpu_job_gets_its_own_gpus_and_the_share_of_its_cores_of_the_rest) {
    const PowerSamples samples{minutes(1), {{"g1", {1500}}}, {{"g1", {900}}}, {{"g1", {300}}}};

    const ByNode watts = attribute_power(samples, {{"g1", {6, 48, true}}});

    BOOST_TEST(watts.at("g1").at(0) == (1500 - 900) / 8.0 + 300);
}

BOOST_AUTO_TEST_CASE(a_cpu_job_does_not_answer_for_the_gpus_of_its_node) {
    const PowerSamples samples{minutes(1), {{"g1", {1500}}}, {{"g1", {900}}}, {}};

    const ByNode watts = attribute_power(samples, {{"g1", {12, 48}}});

    BOOST_TEST(watts.at("g1").at(0) == (1500 - 900) / 4.0);
}

BOOST_AUTO_TEST_CASE(the_jobs_of_a_node_and_nobody_add_up_to_it) {
    const auto watts = [](ByNode own, double cores, bool gpus) {
        const PowerSamples samples{minutes(1), {{"g1", {1500}}}, {{"g1", {900}}}, std::move(own)};
        return attribute_power(samples, {{"g1", {cores, 48, gpus}}}).at("g1").at(0);
    };
    const double of_jobs =
        watts({{"g1", {300}}}, 2, true) + watts({{"g1", {500}}}, 24, true) + watts({}, 16, false);
    const double of_nobody = (1500 - 900) * (48 - 42) / 48.0 + (900 - 300 - 500);

    BOOST_TEST(of_jobs + of_nobody == 1500, boost::test_tools::tolerance(1e-9));
}

BOOST_AUTO_TEST_CASE(a_missing_piece_is_a_gap_and_not_zero) {
    const PowerSamples without_node{minutes(1), {{"g1", {1500}}}, {}, {{"g1", {300}}}};
    const PowerSamples without_own{minutes(1), {{"g1", {1500}}}, {{"g1", {900}}}, {}};
    const PowerSamples gap{
        minutes(4), {{"g1", {1500, 1500, 1500, 1500}}}, {{"g1", {kGap, kGap, kGap, 900}}}, {}};
    const std::map<std::string, NodeShare> with_gpus = {{"g1", {12, 48, true}}};
    const std::map<std::string, NodeShare> without_gpus = {{"g1", {12, 48}}};

    BOOST_TEST(std::isnan(attribute_power(without_node, with_gpus).at("g1").at(0)));
    BOOST_TEST(std::isnan(attribute_power(without_own, with_gpus).at("g1").at(0)));
    BOOST_TEST(std::isnan(attribute_power(gap, without_gpus).at("g1").at(0)));
}

BOOST_AUTO_TEST_CASE(a_share_is_never_more_than_the_whole_node) {
    const PowerSamples samples{minutes(1), {{"n1", {400}}}, {}, {}};

    const ByNode watts = attribute_power(samples, {{"n1", {128, 64}}});

    BOOST_TEST(watts.at("n1").at(0) == 400);
}

BOOST_AUTO_TEST_CASE(energy_is_the_integral_of_a_ramp) {
    const ByNode watts = {{"n1", {0, 600, 1200, 1800}}};
    const TimeRange range{from_unix(0), from_unix(180)};

    const Energy energy = integrate(watts, minutes(4), range, 1);

    BOOST_TEST(energy.kwh == 900.0 * 180 / 3.6e6, boost::test_tools::tolerance(1e-9));
    BOOST_TEST(energy.covered == 1.0);
}

BOOST_AUTO_TEST_CASE(energy_reaches_to_the_edges_of_the_run) {
    const ByNode watts = {{"n1", {100, 100}}};
    const prometheus::Grid grid{from_unix(30), Seconds{60}, 2};
    const TimeRange range{from_unix(0), from_unix(120)};

    const Energy energy = integrate(watts, grid, range, 1);

    BOOST_TEST(energy.kwh == 100.0 * 120 / 3.6e6, boost::test_tools::tolerance(1e-9));
}

BOOST_AUTO_TEST_CASE(gaps_and_silent_nodes_lower_the_coverage) {
    const ByNode watts = {{"n1", {100, 100, kGap, 100, 100}}};
    const TimeRange range{from_unix(0), from_unix(240)};

    const Energy energy = integrate(watts, minutes(5), range, 2);

    BOOST_TEST(energy.kwh == 100.0 * 120 / 3.6e6, boost::test_tools::tolerance(1e-9));
    BOOST_TEST(energy.covered == 0.25);
}

BOOST_AUTO_TEST_SUITE_END()
