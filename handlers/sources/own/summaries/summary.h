#pragma once

// handlers/sources/own/summaries is what the portal keeps of jobs that are over: one summary for
// each row of Slurm's job table, made by the background service. The interface for handlers (this
// file with summary_db.h and task_db.h), and its implementation over SQL. May include what
// handlers/sources/own may.

#include <cstdint>
#include <optional>
#include <string>

#include "fcgi/base/units.h"

namespace portal::database {

/// What one attempt of a job used, as the job page says it. Units: bytes, seconds, joules; shares
/// are from 0 to 1. Empty: not known. Columns of the table job_summary have the same names.
struct Summary {
    using Number = std::optional<double>;

    // Which one, as Slurm's row says it.
    std::uint64_t job_db_inx = 0;
    std::uint32_t id_job = 0;
    std::optional<std::uint32_t> id_array_job;
    std::optional<std::uint32_t> id_array_task;
    std::uint32_t id_user = 0;
    std::string login;  ///< lower case, without a domain; empty: not known
    std::string account;
    std::string partition;
    std::string name;
    std::string stem;  ///< the name without its digits: runs of one kind have the same
    std::uint32_t state = 0;
    std::uint32_t time_submit = 0;
    std::optional<std::uint32_t> time_start;
    std::uint32_t time_end = 0;

    // What it asked for and had.
    Number wait_s;  ///< from submission to start, or to the end without one
    Number run_s;   ///< without suspensions
    Number time_limit_s;
    Number cores_requested;
    Number cores;
    Number memory_requested;
    Number memory;
    Number gpus_requested;
    Number gpus;
    Number nodes_requested;
    Number nodes;

    // What it used: means and peaks over the time it ran.
    Number cores_used;
    Number cores_peak;
    Number threads;
    Number memory_peak;
    Number memory_at_most;
    Number memory_rss;
    Number memory_rise;
    Number node_cores_least;  ///< this and the next three: of jobs with several nodes
    Number node_cores_most;
    Number node_memory_least;
    Number node_memory_most;
    Number gpu_used;
    Number gpu_least;  ///< this and the next: of jobs with several GPUs
    Number gpu_most;
    Number gpu_memory_peak;
    Number gpu_memory;
    Number gpu_power;
    Number gpu_watts;
    Number gpus_seen;
    Number bytes_read;  ///< on shared file systems, as the next two
    Number bytes_written;
    Number file_operations;  ///< mean a second
    Number energy_j;
    Number energy_covered;

    // What it had and did not use.
    Number wasted_core_s;
    Number wasted_memory_s;
    Number wasted_gpu_s;
    Number cost;         ///< in the site's currency; empty: it gives no prices
    Number wasted_cost;  ///< of the GPUs of a job that has some, else of its cores

    // How well that is known.
    Number covered;
    Number gpu_covered;
    Number odd_samples;
    std::uint32_t flags = 0;  ///< of Flag

    // How the site's limits and rules judged it.
    Number grade_time;  ///< 0 poor, 1 fair, 2 good, 3 more than it had
    Number grade_cores;
    Number grade_memory;
    Number grade_gpu;
    Number grade_gpu_memory;
    std::string rules;  ///< names, comma separated, the heaviest first
    std::string rules_version;
    std::optional<std::string> parts;  ///< its nodes and cards, for whoever wrote them
    std::uint32_t made = 0;

    /// Where its numbers come from.
    enum Flag : std::uint32_t {
        CoresSampled = 1U << 0U,
        MemorySampled = 1U << 1U,
        GpusSampled = 1U << 2U,
        EnergySampled = 1U << 3U,
        CoresFromSteps = 1U << 4U,   ///< Slurm's own numbers
        MemoryFromSteps = 1U << 5U,  ///< the same
        PartsOfCards = 1U << 6U,     ///< MIG: no power is known of these
        Leapt = 1U << 7U,            ///< counters of core time did what they cannot do
        Unreadable = 1U << 8U,       ///< its samples could not be read: nothing measured is known
        Unnamed = 1U << 9U,          ///< nobody knows whose login the user's number is
    };
    [[nodiscard]] bool has(Flag flag) const { return (flags & flag) != 0; }
    bool operator==(const Summary&) const = default;
};

/// What tells whether a row has a summary that is still true, and what lists show of it; as in
/// Summary.
struct SummaryMark {
    using Number = Summary::Number;

    std::uint64_t job_db_inx = 0;
    std::uint32_t id_job = 0;
    std::uint32_t time_submit = 0;
    std::uint32_t time_end = 0;
    std::uint32_t state = 0;
    std::string rules_version{};
    Number cores_used{};
    Number memory_peak{};
    Number gpus{};
    Number gpu_used{};
    Number grade_cores{};
    Number grade_memory{};
    Number grade_gpu{};
    std::uint32_t flags = 0;  ///< of Summary::Flag
};

/// The same of a whole summary.
[[nodiscard]] SummaryMark mark_of(const Summary& summary);

/// A place in the order of (time_end, job_db_inx).
struct EndPlace {
    std::uint64_t end = 0;
    std::uint64_t row = 0;
    auto operator<=>(const EndPlace&) const = default;
};

}  // namespace portal::database
