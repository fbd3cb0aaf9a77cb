#pragma once

#include <cstdint>

#include "fcgi/base/time.h"

namespace portal {

/// The request that a worker answers. Whoever composes the worker begins each one here; the sources
/// look at it at every call. Until the first one there is no deadline.
struct CurrentRequest {
    std::uint64_t number = 0;  ///< how many there were before
    /// By when it must be answered; sooner once a source has held it up.
    mutable Deadline deadline{Deadline::SteadyTime::max()};

    void begin(const Deadline& end) {
        ++number;
        deadline = end;
    }

    /// A source hung for as long as it may: all that is still asked has to answer within this time
    /// together. Otherwise each of several that hang would take its own time from the reader.
    void was_held_up() const { deadline = deadline.capped(kAfterHang); }
    static constexpr Milliseconds kAfterHang{2000};
};

/// For programs that serve no requests: no deadline.
inline const CurrentRequest kNoRequest;

}  // namespace portal
