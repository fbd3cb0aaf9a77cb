#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <limits>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "fcgi/base/text.h"
#include "fcgi/config/error.h"
#include "fcgi/programs/prolog/log.h"
#include "fcgi/programs/prolog/sender.h"

namespace {

using namespace portal;
using namespace portal::prolog;

constexpr int kMisuse = 2;
constexpr const char* kConfig = "/etc/userportal/userportal-prolog.ini";
/// Longest time that a hook may take, whatever the disk does. It usually takes a hundredth of it.
constexpr int kHookMs = 30;
constexpr int kMostDescriptors = 1024;

constexpr const char* kUsage = R"(userportal-prolog [--config FILE] [--collect|--send|--check]
  Brings the scripts of jobs from Slurm's controller to the portal; runs as SlurmUser.
  Without an option it is a hook (PrologSlurmctld): it notes the job of its environment and ends
  with 0 within milliseconds, whatever happens; the upload goes on by itself.
--collect   runs as a service that finds new scripts in StateSaveLocation by itself
--send      sends what waits in the spool, and ends
--check     reads the files and says what is wrong with them
  FILE is /etc/userportal/userportal-prolog.ini if it is not given.
Exit status: 0 done, 2 wrong usage or configuration, 1 anything else; as a hook always 0.
)";

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? "" : value;
}

/// The job under whose number the script is stored: a task's array, else the job itself. Empty for
/// components of a het job but the first, which have no script of their own.
std::optional<JobId> job_of_environment() {
    const std::string offset = environment("SLURM_HET_JOB_OFFSET");
    if (!offset.empty() && offset != "0") return std::nullopt;
    const std::string array = environment("SLURM_ARRAY_JOB_ID");
    const std::string& number = array.empty() ? environment("SLURM_JOB_ID") : array;
    const auto id = text::parse_unsigned(number, std::numeric_limits<std::uint32_t>::max());
    if (!id || *id == 0) return std::nullopt;
    return JobId{static_cast<std::uint32_t>(*id)};
}

/// Cuts every tie to slurmctld, which kills the hook's process group when the hook ends.
void detach(int keep) {
    setsid();
    const int nothing = open("/dev/null", O_RDWR);
    for (int fd = 0; fd < kMostDescriptors; ++fd) {
        if (fd != keep && fd != nothing) close(fd);
    }
    for (int fd = 0; fd < 3; ++fd) {
        if (fd != keep && nothing > 2) dup2(nothing, fd);
    }
    static_cast<void>(chdir("/") == 0);
    umask(077);
}

/// The part of a hook that takes its time.
void go_on(const std::string& config, JobId id, int ready) {
    log_to(LogTo::System);
    try {
        const Settings settings = load_settings(config);
        const Spool spool(settings);
        spool.want(id);
        close(ready);
        const State state(settings.state);
        spool.take(id, state);
        send_spool(settings, spool, state, SendUntil::Empty);
    } catch (const std::exception& error) {
        warn(error.what());
    }
}

void run_hook(const std::string& config) {
    const auto id = job_of_environment();
    std::array<int, 2> pipe_ends{};
    if (!id || pipe2(pipe_ends.data(), O_CLOEXEC) != 0) return;
    const pid_t child = fork();
    if (child < 0) return;
    if (child == 0) {
        detach(pipe_ends[1]);
        go_on(config, *id, pipe_ends[1]);
        _exit(EXIT_SUCCESS);
    }
    close(pipe_ends[1]);
    // The other end closes when the job is noted on disk.
    pollfd noted{pipe_ends[0], POLLIN, 0};
    poll(&noted, 1, kHookMs);
}

/// A child that sends what is in the spool while the collector goes on looking.
class SendingChild {
 public:
    void keep_going(const Settings& settings, const Spool& spool, const State& state) {
        if (pid_ > 0 && waitpid(pid_, nullptr, WNOHANG) == 0) return;
        pid_ = 0;
        if (spool.queue().empty() && spool.wanted().empty()) return;
        const pid_t parent = getpid();
        pid_ = fork();
        if (pid_ != 0) return;
        // The service's manager must find nobody left when the collector has gone.
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        if (getppid() != parent) _exit(EXIT_SUCCESS);
        try {
            send_spool(settings, spool, state, SendUntil::Empty);
        } catch (const std::exception& error) {
            warn(error.what());
        }
        _exit(EXIT_SUCCESS);
    }

 private:
    pid_t pid_ = 0;
};

[[noreturn]] void collect(const Settings& settings) {
    const Spool spool(settings);
    const State state(settings.state);
    SendingChild child;
    tell("looking for scripts in " + settings.state);
    while (true) {
        for (const JobId id : state.jobs()) spool.take(id, state);
        child.keep_going(settings, spool, state);
        std::this_thread::sleep_for(settings.interval);
    }
}

int run(const std::string& mode, const std::string& config) {
    const Settings settings = load_settings(config);
    static_cast<void>(read_token(settings.token_file));
    if (access(settings.state.c_str(), R_OK | X_OK) != 0) {
        throw ConfigError(config + ":0: state_save_location: expected a folder that can be read");
    }
    if (mode == "--check") {
        std::cout << config << ": good\n";
        return EXIT_SUCCESS;
    }
    if (mode == "--collect") collect(settings);
    const Spool spool(settings);
    const State state(settings.state);
    return send_spool(settings, spool, state, SendUntil::Failed) ? EXIT_SUCCESS : EXIT_FAILURE;
}

/// The arguments; empty if they cannot be understood.
struct Arguments {
    std::string mode;
    std::string config = kConfig;
};

/// By hand and without a library: Slurm's hook must start in milliseconds, with nothing but libc.
std::optional<Arguments> read_arguments(const std::vector<std::string>& words) {
    Arguments arguments;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == "--config" && i + 1 < words.size()) {
            arguments.config = words[++i];
        } else if (arguments.mode.empty() && (words[i] == "--collect" || words[i] == "--send" ||
                                              words[i] == "--check" || words[i] == "--help")) {
            arguments.mode = words[i];
        } else {
            return std::nullopt;
        }
    }
    return arguments;
}

}  // namespace

int main(int count, char** words) {
    try {
        const auto arguments = read_arguments({words + (count > 0 ? 1 : 0), words + count});
        if (!arguments) {
            std::cerr << kUsage;
            // However Slurm calls it, no job may suffer.
            return environment("SLURM_JOB_ID").empty() ? kMisuse : EXIT_SUCCESS;
        }
        if (arguments->mode.empty()) {
            run_hook(arguments->config);
            return EXIT_SUCCESS;
        }
        if (arguments->mode == "--help") {
            std::cout << kUsage;
            return EXIT_SUCCESS;
        }
        return run(arguments->mode, arguments->config);
    } catch (const ConfigError& error) {
        std::cerr << error.what() << '\n';
        return kMisuse;
    } catch (const std::exception& error) {
        std::cerr << "userportal-prolog: " << error.what() << '\n';
        return EXIT_FAILURE;
    }
}
