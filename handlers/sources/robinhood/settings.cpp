#include "handlers/sources/robinhood/settings.h"

#include "handlers/sources/sql/keys.h"

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

constexpr sql::Keys<Database, 2> kShown = {{
    {"title", kRequired, nullptr, [](Database& r) -> LocalText& { return r.shown.title; }},
    {"holds", kOptional, &take_holds},
}};
constexpr auto kRobinhood = sql::together(kShown, sql::address_keys<Database>(kRequired));
constexpr auto kSecrets = sql::account_keys<Settings>();

}  // namespace

Database read_database(const ini::File& file, const ini::Section& section) {
    Database database;
    database.shown.name = database.name = section.name;
    config::read_section<Database>(file, section, kRobinhood, database);
    return database;
}

void read_secrets(const ini::File& file, const ini::Section& section, Settings& settings) {
    config::read_section<Settings>(file, section, kSecrets, settings);
}

}  // namespace portal::robinhood
