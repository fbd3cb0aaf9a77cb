#include "handlers/sources/robinhood/settings.h"

#include "fcgi/config/section.h"

namespace portal::robinhood {
namespace {

using namespace config;

void take_holds(Database& database, const Value& value) {
    database.shown.project = database.shown.nearline = false;
    for (const std::string& one : value.list()) {
        if (one != "project" && one != "nearline")
            value.fail("project or nearline; project, nearline for both");
        (one == "project" ? database.shown.project : database.shown.nearline) = true;
    }
}

constexpr Key<Database> kRobinhood[] = {
    {"title", kRequired, nullptr, [](Database& r) -> LocalText& { return r.shown.title; }},
    {"holds", kOptional, &take_holds},
    {"host", kRequired, [](Database& r, const Value& v) { r.settings.host = v.text(); }},
    {"port", kOptional, [](Database& r, const Value& v) { r.settings.port = v.port(); }},
    {"database", kRequired, [](Database& r, const Value& v) { r.settings.database = v.text(); }},
    {"timeout_ms", kOptional,
     [](Database& r, const Value& v) { r.settings.timeout = v.milliseconds(); }},
    {"tls_ca_file", kOptional,
     [](Database& r, const Value& v) { r.settings.tls_ca_file = v.file_or_empty(); }},
};

constexpr Key<Settings> kSecrets[] = {
    {"user", kRequired, [](Settings& s, const Value& v) { s.user = v.text(); }},
    {"password", kRequired, [](Settings& s, const Value& v) { s.password.value = v.any(); }},
};

}  // namespace

Database read_database(const ini::File& file, const ini::Section& section) {
    Database database;
    database.shown.name = database.settings.name = section.name;
    config::read_section<Database>(file, section, kRobinhood, database);
    return database;
}

void read_secrets(const ini::File& file, const ini::Section& section, Settings& settings) {
    config::read_section<Settings>(file, section, kSecrets, settings);
}

}  // namespace portal::robinhood
