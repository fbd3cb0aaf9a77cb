#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fcgi/base/result.h"
#include "fcgi/base/units.h"
#include "handlers/sources/own/summaries/summary.h"

namespace portal::database {

/// The right to work, taken from the database: what is written with a lease that is over, or that
/// somebody else has by now, is not written.
struct Lease {
    std::string name;
    std::string holder;  ///< differs for every process and start
    std::uint64_t term = 0;
};

/// How long a lease lasts, by the database's clock, unless it is renewed.
inline constexpr Seconds kLeaseTime{45};

/// How far a task has come and how it is doing.
struct TaskState {
    std::string name{};
    EndPlace place{};  ///< of Slurm's ended jobs: all up to there are done
    std::uint64_t done = 0;
    std::uint64_t failed = 0;
    std::optional<std::uint64_t> behind_s{};
    std::optional<std::uint64_t> behind_jobs{};
    bool slow = false;  ///< rests longer since a source is away or slow
    Instant stepped{};
    std::string error{};  ///< the last one; empty: none yet
    std::optional<Instant> error_at{};
};

/// What is known of the background service, wherever it runs.
struct BackgroundState {
    bool runs = false;   ///< somebody holds the lease
    std::string holder;  ///< who, or who did last; empty: it has never run
    std::vector<TaskState> tasks;
};

/// Names the lease of the background service.
inline constexpr std::string_view kBackgroundLease = "background";

/// Leases and tasks of the background service. Every function errs with any Fault. Source: tables
/// lease and task.
class TaskDb {
 public:
    virtual ~TaskDb() = default;

    /// Takes the lease if nobody holds it; empty: somebody does.
    virtual Result<std::optional<Lease>> take(std::string_view name, std::string_view holder) = 0;
    /// Holds it for kLeaseTime more; false: it is over.
    virtual Result<bool> renew(const Lease& lease) = 0;
    /// Gives it back; false: it was over.
    virtual Result<bool> end(const Lease& lease) = 0;

    /// All tasks that ever ran.
    virtual Result<std::vector<TaskState>> tasks() = 0;
    /// Keeps the state of a task; false: the lease is over, nothing was written.
    virtual Result<bool> note(const TaskState& state, const Lease& lease) = 0;
    /// For those who look after the portal: waits half a second at most.
    virtual Result<BackgroundState> background() = 0;
};

}  // namespace portal::database
