#pragma once

#include <cstdint>

namespace portal {

/// Slurm's states of a job as its accounting database numbers them (enum job_states), with the
/// three flags that it stores in their place.
enum class JobState : std::uint32_t {
    Pending = 0,
    Running = 1,
    Suspended = 2,
    Completed = 3,
    Cancelled = 4,
    Failed = 5,
    Timeout = 6,
    NodeFail = 7,
    Preempted = 8,
    BootFail = 9,
    Deadline = 10,
    OutOfMemory = 11,
    Requeued = 1024,
    Resized = 8192,
    Revoked = 524288,
    EndLost = 4294967294U,  ///< none of Slurm's: it goes on by the record, long past its limit
    Unknown = 4294967295U,  ///< any other number
};

}  // namespace portal
