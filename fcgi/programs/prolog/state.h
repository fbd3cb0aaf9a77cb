#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fcgi/base/units.h"

namespace portal::prolog {

/// Slurm's folder of what it must not forget (StateSaveLocation), as far as scripts go: each job
/// that it knows has hash.N/job.ID/script with one NUL after the user's bytes; N is the last digit
/// of ID. Tasks of an array share the script of the array's first number. Components of a het job
/// but the first have two lines of Slurm's own. Only ever read.
class State {
 public:
    explicit State(std::string folder) : folder_(std::move(folder)) {}

    /// What tells one state of a script file from another: time and size. Empty: there is no file.
    [[nodiscard]] std::optional<std::string> mark(JobId id) const;

    enum class Reading {
        Script,
        Gone,        ///< there is no such file, or it was removed meanwhile
        Unfinished,  ///< Slurm is still writing it: look again
        Component,   ///< what Slurm itself writes for a het job's component
        TooLarge,
        Failed,  ///< the disk says no
    };
    struct Read {
        Reading how = Reading::Gone;
        std::string bytes;  ///< without the NUL
    };
    [[nodiscard]] Read read(JobId id, std::size_t largest) const;

    /// All jobs that have a folder; empty too if the folder cannot be read.
    [[nodiscard]] std::vector<JobId> jobs() const;

 private:
    [[nodiscard]] std::string path(JobId id) const;

    std::string folder_;
};

/// The number in a folder's name job.ID; empty if it is not such a name.
[[nodiscard]] std::optional<JobId> job_of_folder(std::string_view name);

}  // namespace portal::prolog
