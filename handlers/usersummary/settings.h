#pragma once

#include <optional>
#include <string>

#include "fcgi/base/language.h"
#include "fcgi/config/ini.h"

namespace portal {

struct Site;

/// One kind of quota on the summary page: a path of the quota exporter, and whose name its label
/// carries.
struct QuotaKind {
    enum class Owner { User, Allocation };
    std::string name;
    LocalText title;
    std::string path;
    std::string label = "project";
    Owner owner = Owner::User;
    std::optional<double> inodes;  ///< limit; empty: none known (those of allocations are in LDAP)
    std::optional<double> gib;     ///< limit; empty: none known
    bool operator==(const QuotaKind&) const = default;
};

/// Reads one [quota NAME]. Throws ConfigError.
void read_quota(const ini::File& file, const ini::Section& section, Site& site);

}  // namespace portal
