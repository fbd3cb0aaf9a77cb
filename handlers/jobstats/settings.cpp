#include "handlers/jobstats/settings.h"

#include "fcgi/config/section.h"
#include "handlers/site.h"

namespace portal {
namespace {

using namespace config;

constexpr double kMostMoney = 1e9;

constexpr Key<CostSettings> kCost[] = {
    {"currency", kOptional, [](CostSettings& c, const Value& v) { c.currency = v.text(); }},
    {"electricity_per_kwh", kOptional,
     [](CostSettings& c, const Value& v) { c.electricity_per_kwh = v.number(0, kMostMoney); }},
    {"cooling_per_kwh", kOptional,
     [](CostSettings& c, const Value& v) { c.cooling_per_kwh = v.number(0, kMostMoney); }},
    {"cpu_core_hour", kOptional,
     [](CostSettings& c, const Value& v) { c.cpu_core_hour = v.number(0, kMostMoney); }},
    {"gpu_hour", kOptional,
     [](CostSettings& c, const Value& v) { c.gpu_hour = v.number(0, kMostMoney); }},
    {"amortization_years", kOptional,
     [](CostSettings& c, const Value& v) { c.amortization_years = v.number(1, 100); }},
    {"co2_kg_per_mwh", kOptional,
     [](CostSettings& c, const Value& v) { c.co2_kg_per_mwh = v.number(0, 10000); }},
    {"car_km_per_kwh", kOptional,
     [](CostSettings& c, const Value& v) { c.car_km_per_kwh = v.number(0, 1000); }},
    {"car_model", kOptional, [](CostSettings& c, const Value& v) { c.car_model = v.text(); }},
    {"cloud_cpu_core_hour", kOptional,
     [](CostSettings& c, const Value& v) { c.cloud_cpu_core_hour = v.number(0, kMostMoney); }},
    {"cloud_gpu_hour", kOptional,
     [](CostSettings& c, const Value& v) { c.cloud_gpu_hour = v.number(0, kMostMoney); }},
    {"cloud_cpu_instance", kOptional,
     [](CostSettings& c, const Value& v) { c.cloud_cpu_instance = v.text(); }},
    {"cloud_gpu_instance", kOptional,
     [](CostSettings& c, const Value& v) { c.cloud_gpu_instance = v.text(); }},
};

double margin(const Value& value) {
    constexpr double kMostPercent = 1000;
    return 1 + value.number(0, kMostPercent) / 100;
}

constexpr Key<AdviceSettings> kAdvice[] = {
    {"cores_margin", kOptional, [](AdviceSettings& a, const Value& v) { a.cores = margin(v); }},
    {"memory_margin", kOptional, [](AdviceSettings& a, const Value& v) { a.memory = margin(v); }},
    {"time_margin", kOptional, [](AdviceSettings& a, const Value& v) { a.time = margin(v); }},
    {"more_memory", kOptional,
     [](AdviceSettings& a, const Value& v) { a.more_memory = margin(v); }},
    {"more_time", kOptional, [](AdviceSettings& a, const Value& v) { a.more_time = margin(v); }},
    {"least_time_s", kOptional,
     [](AdviceSettings& a, const Value& v) { a.least_time = v.seconds(); }},
};

}  // namespace

void read_advice(const ini::File& file, const ini::Section& section, Site& site) {
    config::read_section<AdviceSettings>(file, section, kAdvice, site.advice);
}

void read_cost(const ini::File& file, const ini::Section& section, Site& site) {
    config::read_section<CostSettings>(file, section, kCost, site.cost);
}

}  // namespace portal
