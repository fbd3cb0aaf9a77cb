#pragma once

#include <string>
#include <vector>

#include "fcgi/config/error.h"
#include "fcgi/http/identity_settings.h"
#include "handlers/site.h"
#include "handlers/sources/ldap/settings.h"
#include "handlers/sources/own/settings.h"
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
    Secret form_key;  ///< of the tokens in forms; empty: each start of the portal makes one
    database::Settings database;                 ///< without a host: the site has none
    std::vector<robinhood::Settings> robinhood;  ///< one for each of site.robinhood, same order
    bool operator==(const Config&) const = default;
};

/// Reads both files. Throws ConfigError.
[[nodiscard]] Config load_config(const std::string& config_file, const std::string& secrets_file);

/// For userportal-admin: reads the main file, and a secrets file that has only the [database]
/// section, with an account that may change tables. Throws ConfigError, also without a [database].
[[nodiscard]] Config load_admin_config(const std::string& config_file,
                                       const std::string& secrets_file);

/// For an import: a file whose only section is [database], with address and account of another
/// database. Throws ConfigError.
[[nodiscard]] database::Settings load_source_database(const std::string& file);

}  // namespace portal
