#pragma once

#include <string>

#include "fcgi/base/language.h"
#include "fcgi/config/ini.h"

namespace portal {

struct Site;

/// One text of the home page.
struct HomeText {
    LocalText title;
    LocalText text;
    std::string link;  ///< https://... or a path; empty: none
    LocalText link_text;
    bool operator==(const HomeText&) const = default;
};

/// Reads one [home NAME]. Throws ConfigError.
void read_home_text(const ini::File& file, const ini::Section& section, Site& site);

}  // namespace portal
