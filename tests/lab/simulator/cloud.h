#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "topology.h"

namespace portal::simulator {

inline constexpr unsigned kHypervisors = 3;

/// A virtual machine, and what it uses at mean load; all of it swings with the time of day.
struct Machine {
    std::string_view project;
    std::string_view name;  ///< not unique
    std::string_view flavor;
    std::string_view user;
    unsigned vcpus = 1;
    double memory_gib = 1;
    double level = 0.1;         ///< share of its first virtual CPU, below 0.7
    double memory_share = 0.5;  ///< in use
    unsigned disks = 1;
    double read = 0;  ///< bytes per second of the first disk and of the first interface
    double written = 0;
    double received = 0;
    double sent = 0;
    bool balloon = true;  ///< the guest tells how much memory it uses
    bool paused = false;  ///< there, but at rest
    UnixTime created_ago = 60 * 86400;
    UnixTime stopped_ago = 0;  ///< 0 = it runs
    std::string uuid = {};     ///< by seed

    /// Whether its hypervisor shows it at that age, in seconds before the end of the history.
    [[nodiscard]] bool runs(UnixTime age) const;
    /// Load of a virtual CPU or disk at that position against the first one's load.
    [[nodiscard]] static double weight(unsigned position) { return 1.0 / (1 + position); }
    /// KiB in use at `time`.
    [[nodiscard]] double used_kib(UnixTime time) const;
};

/// The machines of four projects; machine number i is on hypervisor i % kHypervisors.
std::vector<Machine> machines(std::uint64_t seed);

/// Seconds of mean load that a machine has had at `time`; the history ends at `now`.
double load_seconds(const Machine& machine, UnixTime time, UnixTime now);

}  // namespace portal::simulator
