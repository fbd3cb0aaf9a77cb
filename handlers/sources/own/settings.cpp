#include "handlers/sources/own/settings.h"

#include "fcgi/config/section.h"

namespace portal::database {
namespace {

using config::Key;
using config::Presence;
using config::Value;

constexpr auto kRequired = Presence::Required;
constexpr auto kOptional = Presence::Optional;

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

}  // namespace

void read_section(const ini::File& file, const ini::Section& section, Settings& settings) {
    config::read_section<Settings>(file, section, kAddress, settings);
}

void read_secrets(const ini::File& file, const ini::Section& section, Settings& settings) {
    config::read_section<Settings>(file, section, kAccount, settings);
}

void read_whole_section(const ini::File& file, const ini::Section& section, Settings& settings) {
    config::read_section<Settings>(file, section, kWhole, settings);
}

}  // namespace portal::database
