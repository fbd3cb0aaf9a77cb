#pragma once

#include <cstdint>
#include <string>

#include "fcgi/base/secret.h"
#include "fcgi/base/units.h"

namespace portal::database {

/// How to reach the portal's own database; filled from both configuration files. An empty host:
/// the site has none.
struct Settings {
    std::string host;
    std::uint16_t port = 3306;
    std::string database = "userportal";
    Milliseconds timeout{3000};
    std::string tls_ca_file;
    std::string user;
    Secret password;
};

}  // namespace portal::database
