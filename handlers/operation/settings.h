#pragma once

#include <string>

#include "fcgi/config/ini.h"

namespace portal {

struct Site;

/// Who may look after the portal.
struct OperationSettings {
    std::string networks;  ///< beside this machine: addresses or ADDRESS/BITS, comma separated
    bool operator==(const OperationSettings&) const = default;
};

/// Reads [operation]. Throws ConfigError.
void read_operation(const ini::File& file, const ini::Section& section, Site& site);

}  // namespace portal
