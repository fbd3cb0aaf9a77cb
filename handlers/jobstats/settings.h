#pragma once

#include <optional>
#include <string>

#include "fcgi/base/units.h"
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

/// How much more than was measured the box "Next time" requests, as factors, and the least time.
struct AdviceSettings {
    double cores = 1.1;
    double memory = 1.2;
    double time = 1.3;
    double more_memory = 1.5;  ///< of what it had, after it ran out of it
    double more_time = 1.5;
    Seconds least_time{600};
    bool operator==(const AdviceSettings&) const = default;
};

/// Reads [advice]. Throws ConfigError.
void read_advice(const ini::File& file, const ini::Section& section, Site& site);

/// Reads [cost]. Throws ConfigError.
void read_cost(const ini::File& file, const ini::Section& section, Site& site);

}  // namespace portal
