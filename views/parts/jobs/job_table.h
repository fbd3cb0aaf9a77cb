#pragma once

// views/parts/jobs is lists of jobs: the table, and the form that narrows it. May include the small
// parts, fcgi/base and views/base; knows no page.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fcgi/base/job_state.h"
#include "fcgi/base/units.h"
#include "views/base/sentence.h"
#include "views/parts/grade.h"

namespace portal::views {

/// How a job went, in a list: the mark of what it used, and what it lost most of or how it ended.
struct RowVerdict {
    Grade grade = Grade::Unknown;  ///< Unknown: it is not judged
    Sentence fact{};               ///< a few words; empty: none

    [[nodiscard]] bool says_something() const { return grade != Grade::Unknown || !fact.empty(); }
};

/// One row of a job table.
struct JobRow {
    std::string number;  ///< as Slurm writes it: 4711, 4711_3, 4711+1
    std::string link;    ///< empty: it has no page any more
    JobState state = JobState::Unknown;
    std::uint32_t state_number = 0;
    std::string name;
    std::string account;
    std::string partition;
    Instant submitted{};
    std::optional<Instant> started;
    std::optional<Instant> ended;
    std::optional<Seconds> asked_time;  ///< empty: unlimited, or what its partition says
    bool unlimited = false;
    std::optional<Seconds> used_time;  ///< empty: not over, never started, or not known
    bool run_unknown = false;          ///< Slurm's record of its times contradicts itself
    std::uint32_t nodes = 0;
    std::uint32_t cores = 0;
    Bytes memory;
    std::uint32_t gpus = 0;
    Share cores_share;  ///< running: now; over: by Slurm's steps; Unknown and NoData otherwise
    Share memory_share;
    Share gpu_share;  ///< NoData without GPUs
    RowVerdict verdict;
    Sentence wait_reason;  ///< pending jobs only
};

/// Rows that follow each other in the list and belong to one array are one group; others are alone.
struct JobGroup {
    std::vector<JobRow> rows;         ///< never empty
    std::string array_number;         ///< of the array, if rows.size() > 1
    std::uint32_t pending_tasks = 0;  ///< waiting tasks that Slurm keeps in one row
    std::string array_link{};         ///< page of the array; empty: the rows are of none
};

/// How a table of jobs is shown.
struct JobTable {
    /// Waiting jobs show what they request and why they wait; others how they ran.
    enum class Kind { Waiting, Ran };
    Kind kind = Kind::Ran;
    std::string label;        ///< names the table
    std::string fold_prefix;  ///< keeps the ids of two tables on one page apart
    Instant now{};
};

/// Rows that belong to no array: a group each.
[[nodiscard]] std::vector<JobGroup> ungrouped(const std::vector<JobRow>& rows);

/// A table of jobs; arrays are folded rows. Nothing if there are no groups.
void add_job_table(TemplateDictionary& dict, const TemplateString& marker,
                   const std::vector<JobGroup>& groups, const JobTable& table, const Words& words);

}  // namespace portal::views
