#pragma once

#include <string>

#include "fcgi/config/ini.h"

namespace portal {

struct Site;

/// Records of staff who looked at other people's data.
struct AuditSettings {
    bool enabled = true;
    bool show_viewers = true;  ///< people see on their summary page who looked
    std::string spool = "/var/lib/userportal/audit";  ///< folder for records not yet stored
    bool operator==(const AuditSettings&) const = default;
};

/// Reads [audit]. Throws ConfigError.
void read_audit(const ini::File& file, const ini::Section& section, Site& site);

}  // namespace portal
