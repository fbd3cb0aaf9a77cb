#pragma once

#include <string>

#include "fcgi/config/ini.h"
#include "handlers/sources/robinhood/name.h"
#include "handlers/sources/sql/settings.h"

namespace portal::robinhood {

/// How to reach the Robinhood database of one file system; filled from both configuration files.
struct Settings : sql::SessionSettings {
    std::string name;  ///< of the file system, as in [robinhood NAME]
    bool operator==(const Settings&) const = default;
};

/// One [robinhood NAME] of the main file.
struct Database : Settings {
    RobinhoodName shown;
};

/// Reads it without its secrets. Throws ConfigError.
[[nodiscard]] Database read_database(const ini::File& file, const ini::Section& section);
/// Reads the account, from the section of that name in the secrets file. Throws ConfigError.
void read_secrets(const ini::File& file, const ini::Section& section, Settings& settings);

}  // namespace portal::robinhood
