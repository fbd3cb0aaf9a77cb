#pragma once

#include <cstdint>
#include <string>

#include "fcgi/base/secret.h"
#include "fcgi/base/units.h"
#include "fcgi/config/ini.h"
#include "handlers/sources/robinhood/name.h"

namespace portal::robinhood {

/// How to reach the Robinhood database of one file system; filled from both configuration files.
struct Settings {
    std::string name;  ///< of the file system, as in [robinhood NAME]
    std::string host;
    std::uint16_t port = 3306;
    std::string database;
    Milliseconds timeout{3000};
    std::string tls_ca_file;
    std::string user;
    Secret password;
    bool operator==(const Settings&) const = default;
};

/// One [robinhood NAME] of the main file.
struct Database {
    RobinhoodName shown;
    Settings settings;
};

/// Reads it without its secrets. Throws ConfigError.
[[nodiscard]] Database read_database(const ini::File& file, const ini::Section& section);
/// Reads the account, from the section of that name in the secrets file. Throws ConfigError.
void read_secrets(const ini::File& file, const ini::Section& section, Settings& settings);

}  // namespace portal::robinhood
