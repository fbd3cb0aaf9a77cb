#pragma once

#include <array>
#include <string_view>

#include "simulation.h"

namespace portal::simulator {

struct LustreOperation {
    std::string_view name;
    double share;  ///< of all metadata operations
};

inline constexpr std::array<LustreOperation, 6> kLustreOperations{{{"open", 0.28},
                                                                   {"close", 0.28},
                                                                   {"getattr", 0.3},
                                                                   {"setattr", 0.08},
                                                                   {"unlink", 0.04},
                                                                   {"mkdir", 0.02}}};
inline constexpr unsigned kObjectTargets = 4;

/// What a file system's servers do at mean load, per second.
inline constexpr double kServerOperations = 12'000;
inline constexpr double kServerRead = 3e9;  ///< of the first object target
inline constexpr double kServerWritten = 1.5e9;

/// Load of an object target relative to the first one.
constexpr double target_weight(unsigned number) {
    return 1 + 0.1 * number;
}

/// Load of a file system relative to the first one.
constexpr double file_system_weight(unsigned file_system) {
    return 1 - 0.3 * file_system;
}

/// A client that runs no job: a login node's program has a user, but no account; a job that Slurm
/// does not know has neither. Shown since eight hours before the history's end.
struct Stranger {
    std::string_view jobid;
    std::string_view application;  ///< empty = none
    std::string_view user;         ///< empty = none
    double operations = 0;         ///< per second
    double read = 0;               ///< bytes per second
};

inline constexpr std::array<Stranger, 4> kStrangers{{{"rsync.3000001", "rsync", "alice", 90, 4e7},
                                                     {"tar.3000002", "tar", "bob", 25, 9e6},
                                                     {"99000001", "", "", 350, 6e8},
                                                     {"robinhood.0", "robinhood", "root", 800, 0}}};

/// Seconds that the strangers have been there at `time`; 0 before.
double stranger_seconds(const Simulation& simulation, UnixTime time);

/// Calls `visit(job, t)` for each job that a file system's servers show at the simulation's time;
/// `t` is how long it has run.
template <class Visit>
void each_lustre_job(const Simulation& simulation, unsigned file_system, Visit visit) {
    for (const Job& job : simulation.lingering()) {
        if (job.does.file_system == file_system) visit(job, job.elapsed(job.end));
    }
    for (const Job& job : simulation.running()) {
        if (job.does.file_system == file_system) visit(job, job.elapsed(simulation.time()));
    }
}

}  // namespace portal::simulator
