#include "handlers/jobstats/measures/cost.h"

#include <boost/test/unit_test.hpp>

namespace {

using namespace portal;
using namespace portal::jobstats;

CostSettings prices() {
    CostSettings settings;
    settings.electricity_per_kwh = 0.04158;
    settings.cooling_per_kwh = 0.010395;
    settings.cpu_core_hour = 0.00294307;
    settings.gpu_hour = 0.31392694;
    settings.co2_kg_per_mwh = 0.5;
    settings.car_km_per_kwh = 6.6225;
    settings.cloud_cpu_core_hour = 0.0478125;
    settings.cloud_gpu_hour = 1.7725;
    return settings;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(cost)

BOOST_AUTO_TEST_CASE(the_worked_example_of_a_cpu_job_holds) {
    const Costs costs = costs_of({10, 64 * 10.0, 0}, prices());

    const auto tolerance = boost::test_tools::tolerance(0.005);
    BOOST_TEST(costs.electricity.value() == 0.4158, tolerance);
    BOOST_TEST(costs.cooling.value() == 0.10395, tolerance);
    BOOST_TEST(costs.car_km.value() == 66.225, tolerance);
    BOOST_TEST(costs.co2_kg.value() == 0.005, tolerance);
    BOOST_TEST(costs.hardware.value() == 1.8836, tolerance);
    BOOST_TEST(costs.cloud.value() == 30.6, tolerance);
    BOOST_TEST(costs.total.value() == 0.4158 + 0.10395 + 1.8836, tolerance);
}

BOOST_AUTO_TEST_CASE(the_worked_example_of_a_gpu_job_holds) {
    const Costs costs = costs_of({10, 48 * 10.0, 4 * 10.0}, prices());

    BOOST_TEST(costs.hardware.value() == 12.557, boost::test_tools::tolerance(0.005));
    BOOST_TEST(costs.cloud.value() == 70.9, boost::test_tools::tolerance(0.005));
}

BOOST_AUTO_TEST_CASE(hardware_and_cloud_need_no_energy) {
    const Costs costs = costs_of({{}, 640, 0}, prices());

    BOOST_TEST(costs.hardware.has_value());
    BOOST_TEST(costs.cloud.has_value());
    BOOST_TEST(!costs.electricity.has_value());
    BOOST_TEST(!costs.total.has_value());
}

BOOST_AUTO_TEST_CASE(a_price_the_site_does_not_give_makes_its_row_vanish) {
    CostSettings some = prices();
    some.electricity_per_kwh.reset();
    some.cooling_per_kwh.reset();
    some.co2_kg_per_mwh.reset();

    const Costs costs = costs_of({10, 640, 0}, some);

    BOOST_TEST(!costs.electricity.has_value());
    BOOST_TEST(!costs.co2_kg.has_value());
    BOOST_TEST(costs.total.value() == costs.hardware.value());
}

BOOST_AUTO_TEST_SUITE_END()
