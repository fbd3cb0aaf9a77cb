#pragma once

#include <chrono>
#include <deque>
#include <memory>
#include <string>

#include "live.h"
#include "simulation.h"

namespace sql {
class Connection;
}

namespace portal::simulator {

/// Writes what happens after the history into Slurm's accounting database, as slurmdbd would. While
/// the database is away the newest changes are kept (a bounded number) and written later.
class LiveRows : public Listener {
 public:
    /// Without a database in `options` nothing is ever written. Throws std::runtime_error if the
    /// password cannot be read.
    LiveRows(const LiveOptions& options, const Settings& settings);
    ~LiveRows() override;

    void changed(const Job& job, UnixTime at) override;
    /// Writes what waits. Errors are logged to stderr once for each outage.
    void flush();

 private:
    void connect();
    void write(const Job& job);

    LiveOptions options_;
    const Settings& settings_;
    Cluster cluster_;
    std::string password_;
    std::deque<Job> waiting_;
    std::unique_ptr<sql::Connection> connection_;
    std::chrono::steady_clock::time_point retry_;
    bool away_ = false;
};

}  // namespace portal::simulator
