#include "handlers/jobstats/measures/cost.h"

namespace portal::jobstats {
namespace {

using Amount = std::optional<double>;

constexpr double kKwhPerMwh = 1000;

Amount times(Amount left, Amount right) {
    if (!left || !right) return std::nullopt;
    return *left * *right;
}

Amount by_hardware(const Consumption& used, Amount per_core_hour, Amount per_gpu_hour) {
    if (used.gpu_hours > 0) return times(used.gpu_hours, per_gpu_hour);
    return times(used.core_hours, per_core_hour);
}

/// Sum of the parts the site has a price for; empty while one of those cannot be told.
Amount total_of(const Costs& costs, const CostSettings& prices) {
    const bool lacks_electricity = prices.electricity_per_kwh && !costs.electricity;
    const bool lacks_cooling = prices.cooling_per_kwh && !costs.cooling;
    const bool any = costs.electricity || costs.cooling || costs.hardware;
    if (lacks_electricity || lacks_cooling || !any) return std::nullopt;
    return costs.electricity.value_or(0) + costs.cooling.value_or(0) + costs.hardware.value_or(0);
}

}  // namespace

Costs costs_of(const Consumption& used, const CostSettings& prices) {
    Costs costs;
    costs.electricity = times(used.kwh, prices.electricity_per_kwh);
    costs.cooling = times(used.kwh, prices.cooling_per_kwh);
    costs.hardware = by_hardware(used, prices.cpu_core_hour, prices.gpu_hour);
    costs.total = total_of(costs, prices);
    costs.cloud = by_hardware(used, prices.cloud_cpu_core_hour, prices.cloud_gpu_hour);
    costs.co2_kg = times(used.kwh, prices.co2_kg_per_mwh);
    if (costs.co2_kg) *costs.co2_kg /= kKwhPerMwh;
    costs.car_km = times(used.kwh, prices.car_km_per_kwh);
    return costs;
}

Consumption consumption_of(const JobRun& run, const Measures& measures) {
    const double hours = static_cast<double>(run.computed().count()) / kSecondsPerHour;
    return {.kwh = number(measures.kwh),
            .core_hours = run.cores() * hours,
            .gpu_hours = run.gpus() * hours};
}

CostSettings prices_of(const JobRun& run, const Site& site) {
    CostSettings prices = site.cost;
    if (with_power(run, site)) return prices;
    prices.electricity_per_kwh.reset();
    prices.cooling_per_kwh.reset();
    prices.co2_kg_per_mwh.reset();
    prices.car_km_per_kwh.reset();
    return prices;
}

}  // namespace portal::jobstats
