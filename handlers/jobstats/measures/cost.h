#pragma once

#include <optional>

#include "handlers/jobstats/measures/measures.h"
#include "handlers/site.h"

namespace portal::jobstats {

/// What a job used, as far as costs go. Empty energy: not measured.
struct Consumption {
    std::optional<double> kwh;
    double core_hours = 0;
    double gpu_hours = 0;  ///< > 0: a GPU job, whose hardware is counted by its GPUs alone
};

/// Costs in the site's currency and what else energy means. Empty: the site gives no
/// price, or the energy is not known.
struct Costs {
    std::optional<double> electricity;
    std::optional<double> cooling;
    std::optional<double> hardware;
    std::optional<double>
        total;  ///< of those three that the site gives; empty while one is not known
    std::optional<double> cloud;
    std::optional<double> co2_kg;
    std::optional<double> car_km;
};
[[nodiscard]] Costs costs_of(const Consumption& used, const CostSettings& prices);

/// What a run used, as far as costs go.
[[nodiscard]] Consumption consumption_of(const JobRun& run, const Measures& measures);
/// The site's prices, without those of energy where it is not measured.
[[nodiscard]] CostSettings prices_of(const JobRun& run, const Site& site);

}  // namespace portal::jobstats
