#pragma once

#include <cstddef>

#include "fcgi/config/ini.h"

namespace portal {

struct Site;

/// Scripts of jobs that come through the API; switched on by a database of the portal's own.
struct JobScripts {
    bool enabled = false;
    std::size_t largest = std::size_t{4} << 20U;  ///< bytes of one script
    bool operator==(const JobScripts&) const = default;
};

/// Reads [jobscripts]. Throws ConfigError.
void read_job_scripts(const ini::File& file, const ini::Section& section, Site& site);

}  // namespace portal
