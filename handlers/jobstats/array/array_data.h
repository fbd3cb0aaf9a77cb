#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "handlers/jobs/use/kept_use.h"
#include "handlers/jobs/use/live_use.h"
#include "handlers/jobs/use/step_shares.h"
#include "handlers/visit.h"

namespace portal::jobstats {

/// Squares of the grid: of larger arrays the first tasks are shown, and what ended badly.
inline constexpr std::uint32_t kMostSquares = 10'000;
/// More tasks than an array can have.
inline constexpr std::uint32_t kMostTasks = 4'000'001;
inline constexpr std::uint32_t kTaskRows = 100;

/// All that the page of an array asks its sources.
struct ArrayData {
    slurm::Owner owner;
    slurm::Job one;                         ///< one of its rows
    std::vector<slurm::Job> rests;          ///< what Slurm has not split off
    std::vector<slurm::ArrayCount> counts;  ///< the tasks of `rests` included
    std::vector<slurm::TaskMark> marks;     ///< by index, the tasks of `rests` included
    std::uint64_t tasks = 0;                ///< of the array
    bool marks_cut = false;                 ///< there are more than `marks` has
    std::vector<slurm::Job> drawn;          ///< completed tasks
    std::uint64_t completed = 0;            ///< of which they were drawn
    std::vector<slurm::Job> rows;           ///< the page of the table
    KeptUses kept;                          ///< of both
    Result<StepUsages> steps = StepUsages{};
    Result<LiveUses> live = LiveUses{};
    unsigned threads_per_core = 1;
};

/// Throws HttpError 404 if the owner has no such array; errs with any Fault of Slurm's database.
[[nodiscard]] Result<ArrayData> read_array(const Visit& visit, const slurm::TaskPage& page,
                                           Context& context);

/// The tasks of an array that are in none of its rows, with their states, are added to what its
/// rows say. Of a task that has a row the row counts.
void add_rests(ArrayData& data);

/// The state of an array as a whole: it runs while a task runs, waits while one waits, failed if
/// one ended badly. Errs with any Fault of Slurm's database.
[[nodiscard]] Result<JobState> array_state(const slurm::Owner& owner, const slurm::Job& of,
                                           Context& context);

}  // namespace portal::jobstats
