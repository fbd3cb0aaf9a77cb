#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace pool_test {

/// How a program ended and what it wrote to stderr.
struct Ended {
    int status = -1;
    std::string errors;
};

/// A folder with both configuration files (local mode), a socket path and a log, removed with the
/// object; a pool that still runs is killed.
class PoolProcess {
 public:
    PoolProcess();
    ~PoolProcess();
    PoolProcess(const PoolProcess&) = delete;
    PoolProcess& operator=(const PoolProcess&) = delete;

    /// Replaces a piece of the configuration file.
    void change(const std::string& from, const std::string& to) const;
    /// Starts the pool and waits until its workers are ready.
    void start(unsigned workers, const std::vector<std::string>& more = {});
    void signal(int number) const;
    /// Waits for the end; exit status, or 1000 + signal.
    int wait();
    /// Waits up to 15 s for the n-th time that a text appears in the log.
    [[nodiscard]] bool logged(const std::string& text, unsigned times = 1) const;
    [[nodiscard]] std::string log() const;
    /// Waits up to 15 s until nobody listens on the socket.
    [[nodiscard]] bool refused() const;

    [[nodiscard]] std::string socket() const { return folder_ + "/s"; }
    [[nodiscard]] std::string file(const std::string& name) const { return folder_ + "/" + name; }
    [[nodiscard]] pid_t pid() const { return pid_; }
    /// The command that start() runs.
    [[nodiscard]] std::vector<std::string> command(unsigned workers) const;

 private:
    std::string folder_;
    pid_t pid_ = 0;
};

/// Starts a program with stderr in a file, and variables added to the environment.
pid_t launch(const std::vector<std::string>& command, const std::string& errors,
             const std::vector<std::string>& environment = {});
/// Runs a program to its end.
Ended run(const std::vector<std::string>& command, const std::string& errors,
          const std::vector<std::string>& environment = {});

std::string read_file(const std::string& path);

}  // namespace pool_test
