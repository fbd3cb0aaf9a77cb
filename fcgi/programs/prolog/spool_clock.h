#pragma once

#include <cstdint>
#include <string>

namespace portal::prolog {

/// Microseconds that only ever grow, whatever is done to the clock of the host: what has run since
/// the spool was made, begun at the time of day it had then. While the host is off it stands still.
/// A link in the spool says how far it was at a moment of which boot.
class SpoolClock {
 public:
    explicit SpoolClock(std::string path) : path_(std::move(path)) {}

    [[nodiscard]] std::uint64_t now_us() const;
    /// Writes down how far it is, so that a reboot costs only what follows. For one process at a
    /// time.
    void keep() const;

 private:
    std::string path_;
};

}  // namespace portal::prolog
