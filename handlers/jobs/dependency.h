#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "fcgi/base/units.h"
#include "handlers/sources/slurm/job.h"

namespace portal {

/// A job that another one was told to wait for.
struct Dependency {
    /// What has to have become of it.
    enum class Until { Started, Over, Completed, Failed };
    Until until = Until::Over;
    JobId id;                           ///< of the job, or of the array
    std::optional<std::uint32_t> task;  ///< of the array; empty: all of it
    auto operator<=>(const Dependency&) const = default;
};

/// Jobs that a submit line names after --dependency or -d, in order, at most 50. What cannot be
/// read is left out. Slurm keeps dependencies nowhere else once a job has started.
[[nodiscard]] std::vector<Dependency> dependencies_in(std::string_view submit_line);

/// Whether a job in that state, started or not, is what the other one waits for.
[[nodiscard]] bool is_met(const Dependency& dependency, JobState state, bool started);

}  // namespace portal
