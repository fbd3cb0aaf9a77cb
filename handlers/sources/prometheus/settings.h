#pragma once

#include <string>

#include "fcgi/base/secret.h"
#include "fcgi/base/units.h"
#include "fcgi/config/ini.h"

namespace portal::config {
class Value;
}

namespace portal::prometheus {

/// How to reach Prometheus; filled from both configuration files.
struct Settings {
    std::string url{};
    std::string matcher{};        ///< as written: label="value", comma separated
    std::string cloud_matcher{};  ///< that of virtual machines
    Milliseconds timeout{3000};
    std::string ca_file{};
    bool verify_tls = true;
    std::string user{};
    Secret password{};
    Secret bearer{};
    Seconds retention{std::chrono::hours{24 * 90}};  ///< how far back the samples go
    bool operator==(const Settings&) const = default;
};

/// A value that is a list of matchers, maybe empty. Throws ConfigError.
[[nodiscard]] std::string matcher_of(const config::Value& value);
/// Reads [prometheus] of the main file. Throws ConfigError.
void read_section(const ini::File& file, const ini::Section& section, Settings& settings);
/// Reads the section of that name of the secrets file. Throws ConfigError.
void read_secrets(const ini::File& file, const ini::Section& section, Settings& settings);

}  // namespace portal::prometheus
