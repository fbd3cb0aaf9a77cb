#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "topology.h"

namespace portal::simulator {

/// The file systems that Robinhood scans; one database for each.
enum class Scanned { Project, Nearline };

inline constexpr std::uint64_t kBlockUnit = 512;  ///< bytes of one of Robinhood's blocks

/// One row of Robinhood's ACCT_STAT: the entries of one owner, group, type and HSM status.
struct Held {
    std::string user;  ///< any bytes
    std::string group;
    std::string_view type = "file";
    std::string_view status;   ///< empty = the HSM knows nothing of them
    std::uint64_t size = 0;    ///< bytes
    std::uint64_t blocks = 0;  ///< of 512 bytes, on disk
    std::uint64_t count = 0;   ///< entries
};

/// What is on a scanned file system now, in the order of its primary key; deterministic by seed.
std::vector<Held> held(std::uint64_t seed, Scanned file_system);

/// What the quota exporter shows of one name on one file system.
struct Used {
    std::string_view path;
    std::string name;  ///< of a person or an allocation
    double inodes = 0;
    double kibibytes = 0;
    double phase = 0;     ///< in [0, 1), of its ups and downs
    bool purged = false;  ///< old files are removed every month

    /// The share of today's use that was there `age` seconds ago; 1 at 0 and in the future.
    [[nodiscard]] double share(double age) const;
};

/// All that the exporter shows now: home and scratch of people, the allocations of the project file
/// system. Who has next to nothing is left out, as by the real exporter.
std::vector<Used> used(std::uint64_t seed);

}  // namespace portal::simulator
