#include "handlers/sources/slurm/settings.h"

#include "fcgi/config/section.h"

namespace portal::slurm {
namespace {

using namespace config;

constexpr std::uint64_t kMostHours = 366 * 24;

constexpr Key<Settings> kSlurm[] = {
    {"host", kRequired, [](Settings& s, const Value& v) { s.host = v.text(); }},
    {"port", kOptional, [](Settings& s, const Value& v) { s.port = v.port(); }},
    {"database", kOptional, [](Settings& s, const Value& v) { s.database = v.text(); }},
    {"timeout_ms", kOptional, [](Settings& s, const Value& v) { s.timeout = v.milliseconds(); }},
    {"text", kOptional,
     [](Settings& s, const Value& v) {
         using Text = Settings::Text;
         s.text = v.one_of<Text>(
             {{"guessed", Text::Guessed}, {"declared", Text::Declared}, {"bytes", Text::Bytes}});
     }},
    {"tls_ca_file", kOptional,
     [](Settings& s, const Value& v) { s.tls_ca_file = v.file_or_empty(); }},
    {"threads_per_core", kOptional,
     [](Settings& s, const Value& v) {
         s.threads_per_core = static_cast<unsigned>(v.whole(1, 16));
     }},
    {"lost_after_hours", kOptional,
     [](Settings& s, const Value& v) {
         s.lost_after = static_cast<std::int64_t>(v.whole(1, kMostHours)) * kHour;
     }},
};

constexpr Key<Settings> kSlurmSecrets[] = {
    {"user", kRequired, [](Settings& s, const Value& v) { s.user = v.text(); }},
    {"password", kRequired, [](Settings& s, const Value& v) { s.password.value = v.any(); }},
};

}  // namespace

void read_section(const ini::File& file, const ini::Section& section, Settings& settings) {
    config::read_section<Settings>(file, section, kSlurm, settings);
}

void read_secrets(const ini::File& file, const ini::Section& section, Settings& settings) {
    config::read_section<Settings>(file, section, kSlurmSecrets, settings);
}

}  // namespace portal::slurm
