#include "handlers/background/settings.h"

#include "fcgi/config/section.h"
#include "handlers/site.h"

namespace portal {
namespace {

using namespace config;

constexpr double kPercent = 100;
constexpr std::uint64_t kMostJobs = 500;
constexpr std::uint64_t kLongestDelay = 86'400;
constexpr std::uint64_t kMostDays = 36'500;

constexpr Key<BackgroundSettings> kBackground[] = {
    {"share", kOptional,
     [](BackgroundSettings& s, const Value& v) { s.share = v.number(0.1, kPercent) / kPercent; }},
    {"jobs", kOptional,
     [](BackgroundSettings& s, const Value& v) {
         s.jobs = static_cast<std::uint32_t>(v.whole(1, kMostJobs));
     }},
    {"delay_s", kOptional,
     [](BackgroundSettings& s, const Value& v) {
         s.delay = Seconds{static_cast<Seconds::rep>(v.whole(0, kLongestDelay))};
     }},
    {"keep_days", kOptional,
     [](BackgroundSettings& s, const Value& v) {
         s.keep_days = static_cast<std::uint32_t>(v.whole(0, kMostDays));
     }},
    {"keep_storage_days", kOptional,
     [](BackgroundSettings& s, const Value& v) {
         s.keep_storage_days = static_cast<std::uint32_t>(v.whole(0, kMostDays));
     }},
};

}  // namespace

void read_background(const ini::File& file, const ini::Section& section, Site& site) {
    config::read_section<BackgroundSettings>(file, section, kBackground, site.background);
}

}  // namespace portal
