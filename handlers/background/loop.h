#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "fcgi/base/time.h"
#include "handlers/background/settings.h"
#include "handlers/background/task.h"
#include "handlers/sources/current_request.h"

namespace portal::background {

/// How long to rest after a step of that length so as to use no more than that share (above 0, at
/// most 1) of the time.
[[nodiscard]] Milliseconds rest_after(Milliseconds took, double share);

/// Runs the tasks as long as it holds the lease, one step at a time, and rests in between. Of
/// several loops, on any hosts, only one works; another takes over when it is gone.
class Loop {
 public:
    /// All arguments must outlive the loop. `holder` is unique to the process.
    Loop(Tasks tasks, database::TaskDb& db, const Clock& clock, CurrentRequest& request,
         const BackgroundSettings& settings, std::string holder);

    /// Does at most one step. Returns how long to sleep until the next turn.
    [[nodiscard]] Milliseconds turn();
    /// Gives the lease back.
    void stop();

 private:
    using SteadyTime = std::chrono::steady_clock::time_point;
    struct Run {
        std::unique_ptr<Task> task;
        database::TaskState state;
        SteadyTime due{};
        unsigned failures = 0;  ///< of sources, in a row
    };

    /// Gives the loop's own questions to the database a deadline of their own.
    void begin();
    [[nodiscard]] bool has_lease();
    [[nodiscard]] bool take_lease();
    [[nodiscard]] bool keep_lease();
    void lose_lease(std::string_view why);
    void note_away(const SourceError& error);
    [[nodiscard]] Milliseconds until_next() const;
    void work(Run& run);
    [[nodiscard]] Milliseconds rest_of(Run& run, const Step& step, Milliseconds took) const;
    [[nodiscard]] bool is_slow(const Step& step, Milliseconds took) const;

    std::vector<Run> runs_;
    database::TaskDb& db_;
    const Clock& clock_;
    CurrentRequest& request_;
    const BackgroundSettings& settings_;
    std::string holder_;
    std::optional<database::Lease> lease_;
    SteadyTime renewed_{};
    SteadyTime rests_until_{};
    bool away_ = false;  ///< the portal's database is, and that was logged
};

}  // namespace portal::background
