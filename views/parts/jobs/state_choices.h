#pragma once

#include <array>
#include <string_view>

#include "fcgi/base/job_state.h"

namespace portal::views {

/// The states that a list of jobs can be narrowed to, in the order of its menu: the value in the
/// address, the state that names it, and another one that it includes, or the same.
struct StateChoice {
    std::string_view value;
    JobState state;
    JobState also = state;
};
inline constexpr auto kStateChoices = std::to_array<StateChoice>({
    {"running", JobState::Running},
    {"pending", JobState::Pending},
    {"suspended", JobState::Suspended},
    {"completed", JobState::Completed},
    {"failed", JobState::Failed, JobState::BootFail},
    {"timeout", JobState::Timeout, JobState::Deadline},
    {"out_of_memory", JobState::OutOfMemory},
    {"cancelled", JobState::Cancelled},
    {"node_fail", JobState::NodeFail},
    {"preempted", JobState::Preempted},
    {"requeued", JobState::Requeued},
});

}  // namespace portal::views
