#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fcgi/base/job_state.h"
#include "fcgi/base/reading.h"
#include "fcgi/base/units.h"
#include "views/base/frame.h"

namespace portal::views {

/// How good a measured share is, by the site's verdict table.
enum class Grade { Good, Fair, Poor, Unknown };

/// How an amount is written.
enum class Unit { Count, Bytes, Seconds, Ratio, Kwh, Watts };

/// A share of what was requested, 0 to 1 and beyond, with its grade.
struct Share {
    Reading value;  ///< ratio
    Grade grade = Grade::Unknown;
};

/// What is allocated right now and how much of it is used.
struct UseRow {
    Reading allocated;  ///< cores, bytes or GPUs
    Reading used;       ///< same unit
    Share share;
};

/// What a person's running jobs hold and use right now.
struct CurrentUse {
    std::uint32_t running_jobs = 0;
    UseRow cores;
    UseRow memory;
    std::optional<UseRow> gpus;  ///< empty: no GPU allocated or measured
};

/// One row of a job table.
struct JobRow {
    std::string number;  ///< as Slurm writes it: 4711, 4711_3, 4711+1
    std::string link;    ///< empty: no page (never)
    JobState state = JobState::Unknown;
    std::uint32_t state_number = 0;
    std::string name;
    std::string account;
    std::string partition;
    Instant submitted{};
    std::optional<Instant> started;
    std::optional<Instant> ended;
    std::optional<Seconds> asked_time;  ///< empty: unlimited
    std::optional<Seconds> used_time;   ///< empty: not over, or never started
    std::uint32_t nodes = 0;
    std::uint32_t cores = 0;
    Bytes memory;
    std::uint32_t gpus = 0;
    Share cores_share;  ///< running: now; over: by Slurm's steps; Unknown and NoData otherwise
    Share memory_share;
    Share gpu_share;       ///< NoData without GPUs
    Sentence wait_reason;  ///< pending jobs only
};

/// Rows that follow each other in the list and belong to one array are one group; others are alone.
struct JobGroup {
    std::vector<JobRow> rows;         ///< never empty
    std::string array_number;         ///< of the array, if rows.size() > 1
    std::uint32_t pending_tasks = 0;  ///< tasks that the unsplit rest of the array stands for
};

}  // namespace portal::views
