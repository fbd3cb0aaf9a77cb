#pragma once

#include <string>

#include "fcgi/base/units.h"
#include "fcgi/config/ini.h"

namespace portal {

struct Site;

/// When the Top pages mark a use as poor, in percent of what is allocated, and whom they list.
struct TopLimits {
    unsigned users = 100;
    double memory_least_gib = 1;  ///< less than this allocated is not judged
    double largemem_cores_good = 90;
    double largemem_memory_good = 50;
    double largemem_memory_least_gib = 4;                   ///< using less than this is poor
    std::string largemem_partition = "large";               ///< a part of the partition's name
    Seconds largemem_after{std::chrono::hours{1}};          ///< younger jobs are not listed
    Seconds largemem_eligible{std::chrono::hours{24 * 7}};  ///< nor those eligible before that
    unsigned lustre_users = 5;
    bool operator==(const TopLimits&) const = default;
};

/// Reads [top]. Throws ConfigError.
void read_top(const ini::File& file, const ini::Section& section, Site& site);

}  // namespace portal
