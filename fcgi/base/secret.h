#pragma once

#include <string>

namespace portal {

/// A text that never prints itself: no stream operator, not a string.
struct Secret {
    std::string value;
    bool operator==(const Secret&) const = default;
};

}  // namespace portal
