#include <initializer_list>

#include "fcgi/config/config_value.h"

namespace portal::config {
namespace {

using database::Settings;

constexpr auto kRequired = Presence::Required;
constexpr auto kOptional = Presence::Optional;
constexpr std::uint64_t kMostKib = 16 * 1024;

constexpr Key<Settings> kAddress[] = {
    {"host", kRequired, [](Settings& s, const Value& v) { s.host = v.text(); }},
    {"port", kOptional, [](Settings& s, const Value& v) { s.port = v.port(); }},
    {"database", kOptional, [](Settings& s, const Value& v) { s.database = v.text(); }},
    {"timeout_ms", kOptional, [](Settings& s, const Value& v) { s.timeout = v.milliseconds(); }},
    {"tls_ca_file", kOptional,
     [](Settings& s, const Value& v) { s.tls_ca_file = v.file_or_empty(); }},
};

constexpr Key<Settings> kAccount[] = {
    {"user", kRequired, [](Settings& s, const Value& v) { s.user = v.text(); }},
    {"password", kRequired, [](Settings& s, const Value& v) { s.password.value = v.any(); }},
};

constexpr Key<Settings> kWhole[] = {kAddress[0], kAddress[1], kAddress[2], kAddress[3],
                                    kAddress[4], kAccount[0], kAccount[1]};

constexpr Key<JobScripts> kScripts[] = {
    {"largest_kib", kOptional,
     [](JobScripts& s, const Value& v) {
         s.largest = static_cast<std::size_t>(v.whole(1, kMostKib)) << 10U;
     }},
};

}  // namespace

void read_database(const ini::File& file, Config& config) {
    const ini::Section* section = find_section(file, "database");
    config.site.scripts.enabled = section != nullptr;
    if (section != nullptr) read_section<Settings>(file, *section, kAddress, config.database);
    section = find_section(file, "jobscripts");
    if (section != nullptr) {
        read_section<JobScripts>(file, *section, kScripts, config.site.scripts);
    }
}

Settings read_whole_database(const ini::File& file) {
    Settings settings;
    read_required<Settings>(file, "database", kWhole, settings);
    return settings;
}

void read_database_secrets(const ini::File& file, Config& config) {
    read_required<Settings>(file, "database", kAccount, config.database);
}

}  // namespace portal::config
