#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fcgi/base/job_state.h"
#include "views/base/frame.h"
#include "views/base/sentence.h"
#include "views/pages/jobstats/array/spread.h"
#include "views/parts/charts/notices.h"
#include "views/parts/jobs/job_table.h"

namespace portal::views {

/// How many tasks of an array are in one state.
struct ArrayState {
    JobState state = JobState::Unknown;
    std::uint32_t number = 0;
    std::uint64_t tasks = 0;
    std::string link{};   ///< the table with these only; empty: none
    bool chosen = false;  ///< the table shows these only
};

/// The tasks in one state by index: 1-3,7.
struct TaskIndices {
    JobState state = JobState::Unknown;
    std::uint32_t number = 0;
    std::string indices;
};

/// How many tasks ended in a piece of time that begins at `from`.
struct EndBar {
    Instant from{};
    std::uint64_t completed = 0;
    std::uint64_t others = 0;
};

/// How fast an array gets on.
struct ArrayPace {
    std::uint64_t over = 0;
    std::uint64_t all = 0;
    std::optional<double> per_hour;       ///< tasks that ended, of late; empty: too few to tell
    std::optional<Instant> expected_end;  ///< at that pace; empty: over, or nothing runs
    std::vector<EndBar> bars;             ///< from the first end on, without gaps; may be empty
    Seconds bar_length{};
};

/// Indices for sbatch.
struct Retry {
    std::string list;  ///< 3,17,40-44; empty: there are none
    std::uint64_t tasks = 0;
    bool cut = false;  ///< there are more than the list has
};

/// One way to sort the table of tasks.
struct TaskOrderLink {
    const char* word = "";  ///< message id
    std::string link;
    bool current = false;
    bool descending = false;
};

/// The page of a job array of Jobstats.
struct ArrayPage {
    Frame frame;
    std::string owner;
    std::string user_link;   ///< /secure/jobstats/alice/
    std::string base;        ///< /secure/jobstats/alice/array/4711/
    std::string task_base;   ///< what an index follows in the address of a task: 4711_
    std::string task_query;  ///< and what ends it: nothing, or ?before= in an array of before
    std::string number;
    std::string name;
    std::string account;
    std::string partition;
    std::uint32_t cores = 0;  ///< of each task
    Bytes memory;
    std::optional<Seconds> time_limit;
    std::vector<ArrayState> states;  ///< the most frequent first
    ArrayPace pace;
    Sentence wait_reason;   ///< of the tasks that Slurm has not split off yet; may be empty
    std::string wait_link;  ///< the page of their row
    std::vector<TaskIndices> tasks;
    std::uint64_t tasks_shown = 0;
    bool tasks_cut = false;  ///< the array has more
    std::optional<std::uint32_t> marked;
    Retry failed;
    Retry failed_or_cancelled;  ///< empty if none was cancelled
    std::vector<Spread> spreads;
    std::uint64_t measured = 0;   ///< completed tasks that the spreads are of
    std::uint64_t completed = 0;  ///< all of them
    std::vector<Outlier> outliers;
    std::vector<JobRow> rows;
    std::vector<TaskOrderLink> orders;
    std::string all_link;  ///< the table of all states; empty: that is it
    std::string previous_link;
    std::string next_link;
    std::vector<Notice> notices;
};

/// Fills the page's template; returns what the browser's title says.
[[nodiscard]] std::string fill(const ArrayPage& page, TemplateDictionary& dict, const Words& words);

}  // namespace portal::views
