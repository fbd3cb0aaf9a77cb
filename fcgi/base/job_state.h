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

/// The row says that it waits or runs.
[[nodiscard]] constexpr bool goes_on(JobState state) {
    return state == JobState::Pending || state == JobState::Running || state == JobState::Suspended;
}

/// The job is through. One whose attempt was requeued waits again, though that attempt has ended.
[[nodiscard]] constexpr bool is_over(JobState state) {
    return !goes_on(state) && state != JobState::Requeued;
}

/// It failed, or was stopped for what it or a node did. Not Preempted: it made room for another
/// job, most sites requeue it, and nothing about it has to be found out.
[[nodiscard]] constexpr bool is_failure(JobState state) {
    return state == JobState::Failed || state == JobState::Timeout || state == JobState::NodeFail ||
           state == JobState::BootFail || state == JobState::Deadline ||
           state == JobState::OutOfMemory;
}

/// It ended without its result, and not because somebody cancelled it: it has to be run again, so
/// Preempted is among these.
[[nodiscard]] constexpr bool ended_badly(JobState state) {
    return is_failure(state) || state == JobState::Preempted;
}

}  // namespace portal
