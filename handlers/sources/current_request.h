#pragma once

#include <cstdint>

#include "fcgi/base/time.h"

namespace portal {

/// The request that a worker answers. Whoever composes the worker begins each one here; the sources
/// look at it at every call. Until the first one there is no deadline.
struct CurrentRequest {
    std::uint64_t number = 0;  ///< how many there were before
    Deadline deadline{Deadline::SteadyTime::max()};

    void begin(const Deadline& end) {
        ++number;
        deadline = end;
    }
};

/// For programs that serve no requests: no deadline.
inline const CurrentRequest kNoRequest;

}  // namespace portal
