#pragma once

#include <string>
#include <vector>

#include "fcgi/config/ini.h"

namespace portal {

/// Whose sign-ins are believed, and by which parameters of the web server; [identity].
struct IdentitySettings {
    std::vector<std::string> auth_types;
    std::string user_variable = "REMOTE_USER";
    std::string affiliation_variable = "affiliation";
    std::string session_variable = "Shib-Session-ID";
    std::vector<std::string> domains;
    std::string default_domain;
    std::vector<std::string> staff;
    std::string sign_out_url;  ///< Shibboleth's, unless the file names another
    bool operator==(const IdentitySettings&) const = default;
};

/// Reads [identity]. Throws ConfigError.
void read_identity_section(const ini::File& file, const ini::Section& section,
                           IdentitySettings& settings);

}  // namespace portal
