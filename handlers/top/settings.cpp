#include "handlers/top/settings.h"

#include "fcgi/config/section.h"
#include "handlers/site.h"

namespace portal {
namespace {

using namespace config;

constexpr double kMostPercent = 100;

double percent(const Value& value) {
    return value.number(0, kMostPercent);
}

constexpr Key<TopLimits> kTop[] = {
    {"users", kOptional,
     [](TopLimits& t, const Value& v) { t.users = static_cast<unsigned>(v.whole(1, 1000)); }},
    // No longer used: one judge for all pages, by [verdict NAME].
    {"cores_good", kOptional, [](TopLimits&, const Value& v) { percent(v); }},
    {"cores_poor", kOptional, [](TopLimits&, const Value& v) { percent(v); }},
    {"memory_good", kOptional, [](TopLimits&, const Value& v) { percent(v); }},
    {"memory_poor", kOptional, [](TopLimits&, const Value& v) { percent(v); }},
    {"memory_least_gib", kOptional,
     [](TopLimits& t, const Value& v) { t.memory_least_gib = v.number(0, 1e6); }},
    {"largemem_cores_good", kOptional,
     [](TopLimits& t, const Value& v) { t.largemem_cores_good = percent(v); }},
    {"largemem_memory_good", kOptional,
     [](TopLimits& t, const Value& v) { t.largemem_memory_good = percent(v); }},
    {"largemem_memory_least_gib", kOptional,
     [](TopLimits& t, const Value& v) { t.largemem_memory_least_gib = v.number(0, 1e6); }},
    {"largemem_partition", kOptional,
     [](TopLimits& t, const Value& v) { t.largemem_partition = v.text(); }},
    {"largemem_after_min", kOptional,
     [](TopLimits& t, const Value& v) {
         t.largemem_after = std::chrono::minutes{v.whole(0, 100'000)};
     }},
    {"largemem_eligible_days", kOptional,
     [](TopLimits& t, const Value& v) {
         t.largemem_eligible = std::chrono::days{v.whole(1, 3650)};
     }},
    {"lustre_users", kOptional,
     [](TopLimits& t, const Value& v) { t.lustre_users = static_cast<unsigned>(v.whole(1, 50)); }},
};

}  // namespace

void read_top(const ini::File& file, const ini::Section& section, Site& site) {
    config::read_section<TopLimits>(file, section, kTop, site.top);
}

}  // namespace portal
