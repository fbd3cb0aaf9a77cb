#pragma once

#include <string>

#include "fcgi/base/secret.h"
#include "fcgi/base/units.h"
#include "fcgi/config/ini.h"

namespace portal::ldap {

/// How to reach the directory; filled from both configuration files.
struct Settings {
    std::string url;
    std::string people_base;
    std::string groups_base;
    Milliseconds timeout{2000};
    std::string tls_ca_file;
    std::string user_class = "posixAccount";
    std::string login_attribute = "uid";
    std::string uid_attribute = "uidNumber";
    std::string name_attribute = "cn";
    std::string allocation_class = "ccAllocation";
    std::string member_attribute = "memberUid";
    std::string resource_attribute = "ccResource";
    std::string status_attribute = "ccRapStatus";
    std::string active_status = "active";
    std::string default_account_prefix = "def-";
    std::string storage_resource;
    std::string compute_resource;
    std::string bind_dn;
    Secret password;
    bool operator==(const Settings&) const = default;
};

/// Reads [ldap] of the main file. Throws ConfigError.
void read_section(const ini::File& file, const ini::Section& section, Settings& settings);
/// Reads the section of that name of the secrets file. Throws ConfigError.
void read_secrets(const ini::File& file, const ini::Section& section, Settings& settings);

}  // namespace portal::ldap
