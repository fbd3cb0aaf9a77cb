#include "handlers/sources/own/settings.h"

#include "handlers/sources/sql/keys.h"

namespace portal::database {
namespace {

using namespace config;

constexpr auto kAddress = sql::address_keys<Settings>(kOptional);
constexpr auto kAccount = sql::account_keys<Settings>();
constexpr auto kWhole = sql::together(kAddress, kAccount);

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
