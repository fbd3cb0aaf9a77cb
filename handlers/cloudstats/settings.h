#pragma once

#include "fcgi/config/ini.h"

namespace portal {

struct Site;

/// Reads one [cloud PROJECT]: logins of its members. Throws ConfigError.
void read_cloud_members(const ini::File& file, const ini::Section& section, Site& site);

}  // namespace portal
