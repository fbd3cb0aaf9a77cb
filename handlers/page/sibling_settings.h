#pragma once

#include <string>
#include <vector>

#include "fcgi/base/language.h"
#include "fcgi/config/ini.h"

namespace portal {

struct Site;

/// The portal of another cluster, to which every page links.
struct Sibling {
    LocalText title;
    std::string url;                   ///< of its home page, without the final slash
    std::vector<std::string> modules;  ///< those that it shows
    bool operator==(const Sibling&) const = default;
};

/// Reads one [sibling NAME]; [portal] has been read. Throws ConfigError.
void read_sibling(const ini::File& file, const ini::Section& section, Site& site);

}  // namespace portal
