#pragma once

// handlers/sources/slurm/arrays is what Slurm's tables say of a job array as a whole: texts that
// name tasks, counts, marks. May include what handlers/sources/slurm may.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fcgi/base/job_state.h"
#include "fcgi/base/units.h"

namespace portal::slurm {

/// Tasks of an array in one state that ended in the same hour. Of several attempts of a task the
/// newest counts; tasks that have no row of their own yet are not among them.
struct ArrayCount {
    JobState state = JobState::Unknown;
    std::uint32_t state_number = 0;
    std::optional<Instant> hour{};  ///< its beginning; empty: they are not over
    std::uint64_t tasks = 0;
    std::optional<Instant> began{};  ///< the first start among them
    std::uint32_t first_task = 0;
    std::uint32_t last_task = 0;
    Instant first_submitted{};
    Instant last_submitted{};
};

/// True if all these tasks were submitted in the same second: no row is a further attempt then.
[[nodiscard]] bool submitted_once(const std::vector<ArrayCount>& counts);

/// State of one task of an array, in its newest attempt.
struct TaskMark {
    std::uint64_t db_index = 0;
    std::uint32_t task = 0;
    JobState state = JobState::Unknown;
    std::uint32_t state_number = 0;
};

/// A page of the tasks of an array.
struct TaskPage {
    enum class By { Task, State, Start, RunTime };
    By by = By::Task;
    bool descending = false;
    std::optional<std::uint32_t> state;  ///< only those of Slurm's number
    std::uint32_t limit = 100;           ///< 1 to 1000
    std::uint32_t offset = 0;
};

/// True if the text of the unsplit rest of an array names the task: a bitmap in hexadecimal, or
/// numbers and ranges as in `1,3,9201-10000:2%500`.
[[nodiscard]] bool holds_task(std::string_view rest, std::uint32_t task);

/// Indices that such a text names, in order, each once, at most `most` of them. What cannot be read
/// is left out.
[[nodiscard]] std::vector<std::uint32_t> tasks_in(std::string_view rest, std::size_t most);

/// Indices in order, as sbatch takes them after --array=: 3,17,40-44.
[[nodiscard]] std::string index_list(const std::vector<std::uint32_t>& tasks);

}  // namespace portal::slurm
