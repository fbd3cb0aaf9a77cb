#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "handlers/sources/slurm/job.h"

namespace portal::jobstats {

/// One option of sbatch as the user wrote it.
struct Option {
    enum class Place { Script, CommandLine };
    std::string spelled;  ///< --cpus-per-task or -c
    std::string value;
    Place place = Place::Script;
    /// As it would be written with another value.
    [[nodiscard]] std::string with(std::string_view other) const;
};

/// How a job requested its resources: in #SBATCH lines of its script, and on the command line,
/// which wins. Empty members: it did not say.
struct Options {
    std::optional<Option> nodes;
    std::optional<Option> tasks;
    std::optional<Option> tasks_per_node;
    std::optional<Option> cpus_per_task;
    std::optional<Option> memory;  ///< of a node
    std::optional<Option> memory_per_cpu;
    std::optional<Option> memory_per_gpu;
    std::optional<Option> time;
    std::optional<Option> gpus;
    std::optional<Option> gpus_per_node;
    std::optional<Option> gpus_per_task;
    std::optional<Option> tasks_per_gpu;
    std::optional<Option> gres;
    std::optional<Option> output;
    bool exclusive = false;  ///< whole nodes, however many cores are requested
    bool known = false;      ///< there was a script or a command line to read
};

/// Reads the lines of a script up to its first command, and the line that sbatch was called with,
/// of one component of a heterogeneous job: the lines between `#SBATCH hetjob`, the words between
/// `:`. Other jobs have but the first.
[[nodiscard]] Options options_of(std::span<const std::string> script, std::string_view submit_line,
                                 std::uint32_t component = 0);

/// Where Slurm writes what the job prints, as far as its own patterns allow to tell; empty if its
/// folder is not known.
[[nodiscard]] std::string output_path(const Options& options, const slurm::Job& job,
                                      std::string_view owner);

}  // namespace portal::jobstats
