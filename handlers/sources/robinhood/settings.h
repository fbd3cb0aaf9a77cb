#pragma once

#include <cstdint>
#include <string>

#include "fcgi/base/secret.h"
#include "fcgi/base/units.h"

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
};

}  // namespace portal::robinhood
