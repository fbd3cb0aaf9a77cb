#include "handlers/sources/slurm/settings.h"

#include "handlers/sources/sql/keys.h"

namespace portal::slurm {
namespace {

using namespace config;

constexpr std::uint64_t kMostHours = 366 * 24;

constexpr sql::Keys<Settings, 3> kOfSlurm = {{
    {"text", kOptional,
     [](Settings& s, const Value& v) {
         using Text = Settings::Text;
         s.text = v.one_of<Text>(
             {{"guessed", Text::Guessed}, {"declared", Text::Declared}, {"bytes", Text::Bytes}});
     }},
    {"threads_per_core", kOptional,
     [](Settings& s, const Value& v) {
         s.threads_per_core = static_cast<unsigned>(v.whole(1, 16));
     }},
    {"lost_after_hours", kOptional,
     [](Settings& s, const Value& v) {
         s.lost_after = static_cast<std::int64_t>(v.whole(1, kMostHours)) * kHour;
     }},
}};

constexpr auto kSlurm = sql::together(sql::address_keys<Settings>(kOptional), kOfSlurm);
constexpr auto kSlurmSecrets = sql::account_keys<Settings>();

}  // namespace

void read_section(const ini::File& file, const ini::Section& section, Settings& settings) {
    config::read_section<Settings>(file, section, kSlurm, settings);
}

void read_secrets(const ini::File& file, const ini::Section& section, Settings& settings) {
    config::read_section<Settings>(file, section, kSlurmSecrets, settings);
}

}  // namespace portal::slurm
