#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "fcgi/site.h"
#include "handlers/sources/ldap/settings.h"
#include "handlers/sources/prometheus/settings.h"
#include "handlers/sources/robinhood/settings.h"
#include "handlers/sources/slurm/settings.h"

namespace portal {

/// Everything both files say.
struct Config {
    Site site;
    IdentitySettings identity;
    prometheus::Settings prometheus;
    slurm::Settings slurm;
    ldap::Settings ldap;
    std::vector<robinhood::Settings> robinhood;  ///< one for each of site.robinhood, same order
};

/// A configuration that cannot be used: the message names file, line, key and what was expected.
class ConfigError : public std::runtime_error {
 public:
    using std::runtime_error::runtime_error;
};

/// Reads both files. Throws ConfigError.
[[nodiscard]] Config load_config(const std::string& config_file, const std::string& secrets_file);

}  // namespace portal
