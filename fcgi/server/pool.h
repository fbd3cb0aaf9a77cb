#pragma once

// fcgi/server is the FastCGI side: the pool of worker processes, the loop of each worker, the
// socket, what is counted about requests. It serves an Application and knows nothing of pages.
// May include: fcgi/base, fcgi/http, libfcgi. May not: handlers, views, configuration files.
// More than twenty files: the worker uses nearly all of them, so that no part stands alone.

#include <sys/types.h>

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "fcgi/base/units.h"

namespace portal {

struct PoolSettings {
    unsigned workers = 8;
    /// Workers that do not end by themselves within this time after a stop are killed.
    Milliseconds drain_limit{15000};
    /// Workers of the previous image of this process: they serve until ours are ready.
    std::vector<pid_t> old_workers;
    /// Command that ends with 0 if the program would start with the files as they are now.
    std::vector<std::string> check_command;
    /// Called for each worker that ended without being asked to; may be empty.
    std::function<void()> worker_died{};
};

/// Why a pool ended: everybody has gone after TERM or INT, or after a HUP whose check went well the
/// caller must execute the program anew and hand all() over as old workers.
enum class PoolEnd { Stopped, Replace };

/// The supervisor: forks workers, starts others for those that end, replaces and stops them. TERM,
/// INT, HUP and CHLD must be blocked.
class Pool {
 public:
    /// `work` is called in each worker with the descriptor to report readiness on; what it returns
    /// is the worker's exit status.
    Pool(const PoolSettings& settings, std::function<int(int ready_fd)> work);
    ~Pool();
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;

    /// Runs until TERM, INT or a replacement.
    PoolEnd run();
    /// Pids of all workers alive.
    [[nodiscard]] std::vector<pid_t> all() const;

 private:
    using SteadyTime = std::chrono::steady_clock::time_point;
    struct Slot {
        pid_t pid = 0;
        bool ready = false;
        unsigned failures = 0;  ///< early deaths in a row
        SteadyTime started{};
        SteadyTime next_start{};
    };

    void fill_slots();
    void start(Slot& slot);
    [[nodiscard]] int wait_ms() const;
    void read_signals();
    void read_ready();
    void reap();
    void ended(Slot& slot, int status);
    void check_ended(int status);
    void begin_check();
    void begin_stop();
    void drain_old();
    void enforce_limit();
    /// Somebody must have ended by kill_at_.
    [[nodiscard]] bool bounded() const;

    PoolSettings settings_;
    std::function<int(int)> work_;
    std::vector<Slot> slots_;
    std::vector<pid_t> old_;
    pid_t checking_ = 0;
    bool stopping_ = false;
    bool replace_ = false;
    bool draining_ = false;
    SteadyTime kill_at_{};
    int signal_fd_ = -1;
    int ready_read_ = -1;
    int ready_write_ = -1;
};

}  // namespace portal
