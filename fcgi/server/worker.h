#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>

#include "fcgi/base/time.h"
#include "fcgi/http/request_parser.h"
#include "fcgi/server/application.h"
#include "fcgi/server/connection.h"
#include "fcgi/server/work_shares.h"

namespace portal {

struct WorkerSettings {
    int listen_fd = -1;
    RequestRules rules;
    /// A request is answered within this time from when the web server took it. One that has waited
    /// for three quarters of it is refused: what is left would hardly do.
    Milliseconds deadline{10000};
    /// A peer must send the whole request head within this time.
    Milliseconds head_limit{2000};
    /// Longest wait for a single piece of a body, or for the peer to take a piece of the answer.
    Milliseconds transfer_limit{2000};
    /// All of the answer must be taken within this time.
    Milliseconds send_limit{30000};
};

/// One process that serves one request at a time. Further requests of a person whose long ones hold
/// half of the workers wait in line here while it serves others; if it dies, they get no answer.
class Worker {
 public:
    /// What is passed outlives the worker.
    Worker(Application& application, WorkShares& shares, const WorkerSettings& settings);

    /// Serves until SIGTERM, which must be blocked; the request in hand is finished first. Writes
    /// its pid to `ready_fd` once it accepts, and closes it. Returns the exit status.
    int run(int ready_fd);

 private:
    /// What one request came to, for its log line.
    struct Outcome {
        int status = 0;
        std::size_t bytes = 0;
    };

    /// A request with its connection.
    struct Caller {
        Caller(int fd, const WorkerSettings& settings);

        std::chrono::steady_clock::time_point began;
        Connection connection;
        Parameters parameters;  ///< views into the connection
        ParsedRequest parsed;
        std::uint64_t person = 0;
    };

    void idle();
    /// Accepts a connection and serves it, or puts it in line.
    void accept_one();
    /// Serves the first in line whose turn has come, if there is one.
    void serve_one_in_line();
    void serve_all_in_line();
    void refused(Arrival how);
    /// Whether too little of its deadline is left to begin with it.
    [[nodiscard]] bool is_late(const ParsedRequest& parsed) const;
    [[nodiscard]] bool waits_in_line(std::uint64_t person) const;
    void request(Caller& caller);
    /// The application's answer; what it throws becomes one too.
    Served answer(const ParsedRequest& parsed, Connection& connection);
    Outcome send(const Request& request, const Response& response, Connection& connection);

    Application& application_;
    WorkShares& shares_;
    WorkerSettings settings_;
    std::deque<std::unique_ptr<Caller>> line_;
    SystemClock clock_;
};

}  // namespace portal
