#pragma once

// handlers/background is the service that works while nobody waits: what a task is (task.h), the
// loop that runs the tasks of all modules with one lease and a share of the sources' time (loop.h),
// and its settings. A task belongs to its module, which names it in its row (handlers/modules.h).
// May include the interfaces of sources.

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "fcgi/base/result.h"
#include "fcgi/base/units.h"
#include "handlers/sources/own/summaries/task_db.h"

namespace portal::background {

/// Outcome of one step; the rest is in the task's state.
struct Step {
    bool more = false;                  ///< there is more to do at once
    bool lease_over = false;            ///< something was not written: the lease has ended
    std::uint64_t jobs = 0;             ///< worked on; shows how slow a source is
    std::optional<SourceError> away{};  ///< a source gave no answer: that work is not done
};

/// Work that goes on for ever in bounded steps. A step may be killed at any moment and done again
/// without harm; whatever it writes is conditional on the lease.
class Task {
 public:
    virtual ~Task() = default;

    /// Its name in the database, in metrics and in the log.
    [[nodiscard]] virtual std::string_view name() const = 0;
    /// How long to wait after a step that left nothing to do.
    [[nodiscard]] virtual Seconds period() const = 0;
    /// Does some of the work and changes the state, which is kept afterwards.
    virtual Step step(const database::Lease& lease, database::TaskState& state) = 0;
};

using Tasks = std::vector<std::unique_ptr<Task>>;

}  // namespace portal::background
