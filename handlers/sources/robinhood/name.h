#pragma once

#include <string>

#include "fcgi/base/language.h"

namespace portal {

/// A Robinhood database, as far as pages know it: its file system, and which of the two storages
/// that allocations have lie there.
struct RobinhoodName {
    std::string name;
    LocalText title;
    bool project = true;
    bool nearline = true;
    bool operator==(const RobinhoodName&) const = default;
};

}  // namespace portal
