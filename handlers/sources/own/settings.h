#pragma once

#include "fcgi/config/ini.h"
#include "handlers/sources/sql/settings.h"

namespace portal::database {

/// How to reach the portal's own database; filled from both configuration files. An empty host:
/// the site has none.
struct Settings : sql::SessionSettings {
    Settings() { database = "userportal"; }
    bool operator==(const Settings&) const = default;
};

/// Reads [database] of the main file. Throws ConfigError.
void read_section(const ini::File& file, const ini::Section& section, Settings& settings);
/// Reads the account in [database] of a secrets file. Throws ConfigError.
void read_secrets(const ini::File& file, const ini::Section& section, Settings& settings);
/// Reads a [database] with both, address and account. Throws ConfigError.
void read_whole_section(const ini::File& file, const ini::Section& section, Settings& settings);

}  // namespace portal::database
