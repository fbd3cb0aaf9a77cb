#pragma once

#include <optional>
#include <string>

#include "fcgi/config/ini.h"

namespace portal {

struct Site;

/// Costs; an absent one makes its row vanish.
struct CostSettings {
    std::string currency = "CAD";
    std::optional<double> electricity_per_kwh;
    std::optional<double> cooling_per_kwh;
    std::optional<double> cpu_core_hour;
    std::optional<double> gpu_hour;
    std::optional<double> amortization_years;
    std::optional<double> co2_kg_per_mwh;
    std::optional<double> car_km_per_kwh;
    std::string car_model;
    std::optional<double> cloud_cpu_core_hour;
    std::optional<double> cloud_gpu_hour;
    std::string cloud_cpu_instance;
    std::string cloud_gpu_instance;
    bool operator==(const CostSettings&) const = default;
};

/// Reads [cost]. Throws ConfigError.
void read_cost(const ini::File& file, const ini::Section& section, Site& site);

}  // namespace portal
