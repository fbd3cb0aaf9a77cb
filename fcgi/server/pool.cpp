#include "fcgi/server/pool.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <stdexcept>

#include "fcgi/base/log.h"
#include "fcgi/server/notify.h"

namespace portal {
namespace {

using std::chrono::steady_clock;

/// A worker that lived at least this long did not die of its start.
constexpr Seconds kEarly{5};
constexpr Seconds kLongestPause{30};
constexpr Seconds kCheckLimit{30};

void signal_all(const std::vector<pid_t>& pids, int signal) {
    for (const pid_t pid : pids) kill(pid, signal);
}

/// Pause before the next start: none after a first death of a worker that had served, then 1 s,
/// doubled each time.
Seconds pause_after(unsigned failures) {
    if (failures <= 1) return Seconds{0};
    const unsigned doublings = std::min(failures - 2, 5U);
    return std::min(Seconds{1} * (1 << doublings), kLongestPause);
}

std::string cause_of(int status) {
    if (WIFSIGNALED(status)) return "signal " + std::to_string(WTERMSIG(status));
    return "exit " + std::to_string(WEXITSTATUS(status));
}

int supervisor_signals() {
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP, SIGCHLD}) sigaddset(&set, signal);
    return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

/// In the child: ends in order when the supervisor is gone.
void follow_parent(pid_t parent) {
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent) _exit(EXIT_SUCCESS);
}

}  // namespace

Pool::Pool(const PoolSettings& settings, std::function<int(int ready_fd)> work)
    : settings_(settings),
      work_(std::move(work)),
      slots_(settings.workers),
      old_(settings.old_workers) {
    std::array<int, 2> ends{};
    signal_fd_ = supervisor_signals();
    if (signal_fd_ < 0 || pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0) {
        throw std::runtime_error("no signal or pipe descriptors are left");
    }
    ready_read_ = ends[0];
    ready_write_ = ends[1];
}

Pool::~Pool() {
    for (const int fd : {signal_fd_, ready_read_, ready_write_}) close(fd);
}

PoolEnd Pool::run() {
    replace_ = false;
    while (!replace_) {
        if (!stopping_) fill_slots();
        if (stopping_ && all().empty()) return PoolEnd::Stopped;
        std::array<pollfd, 2> entries{{{signal_fd_, POLLIN, 0}, {ready_read_, POLLIN, 0}}};
        poll(entries.data(), entries.size(), wait_ms());
        read_ready();
        read_signals();
        enforce_limit();
    }
    return PoolEnd::Replace;
}

std::vector<pid_t> Pool::all() const {
    std::vector<pid_t> pids = old_;
    for (const Slot& slot : slots_) {
        if (slot.pid > 0) pids.push_back(slot.pid);
    }
    return pids;
}

void Pool::fill_slots() {
    for (Slot& slot : slots_) {
        if (slot.pid == 0 && steady_clock::now() >= slot.next_start) start(slot);
    }
}

void Pool::start(Slot& slot) {
    const pid_t parent = getpid();
    const pid_t pid = fork();
    if (pid == 0) {
        follow_parent(parent);
        close(signal_fd_);
        close(ready_read_);
        _exit(work_(ready_write_));
    }
    slot.started = steady_clock::now();
    slot.ready = false;
    if (pid > 0) {
        slot.pid = pid;
        return;
    }
    slot.next_start = slot.started + Seconds{1};
    log::write(log::Level::Error, "pool.no_fork", {{"errno", errno}});
}

/// Until the next planned start or the limit of a stop, at most a minute.
int Pool::wait_ms() const {
    auto next = steady_clock::now() + Seconds{60};
    for (const Slot& slot : slots_) {
        if (slot.pid == 0 && !stopping_) next = std::min(next, slot.next_start);
    }
    if (bounded()) next = std::min(next, kill_at_);
    const auto left = std::chrono::ceil<Milliseconds>(next - steady_clock::now());
    return static_cast<int>(std::max<Milliseconds::rep>(left.count(), 0));
}

void Pool::read_ready() {
    pid_t pid = 0;
    while (read(ready_read_, &pid, sizeof pid) == static_cast<ssize_t>(sizeof pid)) {
        for (Slot& slot : slots_) {
            if (slot.pid == pid) slot.ready = true;
        }
    }
    const bool complete = !slots_.empty() && std::all_of(slots_.begin(), slots_.end(),
                                                         [](const Slot& s) { return s.ready; });
    if (!complete || draining_ || stopping_) return;
    drain_old();
}

/// Called once all workers are ready for the first time.
void Pool::drain_old() {
    draining_ = true;
    kill_at_ = steady_clock::now() + settings_.drain_limit;
    signal_all(old_, SIGTERM);
    notify_service("READY=1\nMAINPID=" + std::to_string(getpid()));
    log::write(log::Level::Information, "pool.ready",
               {{"workers", static_cast<std::uint64_t>(slots_.size())},
                {"replaced", static_cast<std::uint64_t>(old_.size())}});
}

void Pool::read_signals() {
    signalfd_siginfo info{};
    while (read(signal_fd_, &info, sizeof info) == static_cast<ssize_t>(sizeof info)) {
        const auto signal = static_cast<int>(info.ssi_signo);
        if (signal == SIGHUP && !stopping_) begin_check();
        if (signal == SIGTERM || signal == SIGINT) begin_stop();
        if (signal == SIGCHLD) reap();
    }
}

void Pool::reap() {
    int status = 0;
    for (pid_t pid = waitpid(-1, &status, WNOHANG); pid > 0; pid = waitpid(-1, &status, WNOHANG)) {
        if (pid == checking_) check_ended(status);
        old_.erase(std::remove(old_.begin(), old_.end(), pid), old_.end());
        for (Slot& slot : slots_) {
            if (slot.pid == pid) ended(slot, status);
        }
    }
}

void Pool::ended(Slot& slot, int status) {
    const pid_t pid = slot.pid;
    const bool served = slot.ready;
    slot.pid = 0;
    slot.ready = false;
    if (stopping_) return;
    if (settings_.worker_died) settings_.worker_died();
    const bool early = steady_clock::now() - slot.started < kEarly;
    slot.failures = early ? slot.failures + 1 : 0;
    if (early && !served && slot.failures == 1) slot.failures = 2;
    const Seconds pause = pause_after(slot.failures);
    slot.next_start = steady_clock::now() + pause;
    log::write(log::Level::Error, "worker.ended",
               {{"pid", pid}, {"cause", cause_of(status)}, {"restart_in_s", pause.count()}});
}

/// Asks a fresh process whether the program would start, since this one cannot go back.
void Pool::begin_check() {
    if (checking_ > 0) return;
    const pid_t pid = fork();
    if (pid == 0) {
        std::vector<char*> arguments;
        for (std::string& word : settings_.check_command) arguments.push_back(word.data());
        arguments.push_back(nullptr);
        execv(arguments[0], arguments.data());
        _exit(EXIT_FAILURE);
    }
    if (pid < 0) return;
    checking_ = pid;
    if (!draining_ || old_.empty()) kill_at_ = steady_clock::now() + kCheckLimit;
}

void Pool::check_ended(int status) {
    checking_ = 0;
    if (stopping_) return;
    replace_ = WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS;
    if (!replace_) {
        log::write(log::Level::Error, "pool.not_replaced", {{"cause", cause_of(status)}});
    }
}

void Pool::begin_stop() {
    if (stopping_) return;
    stopping_ = true;
    kill_at_ = steady_clock::now() + settings_.drain_limit;
    notify_service("STOPPING=1");
    log::write(log::Level::Information, "pool.stopping",
               {{"workers", static_cast<std::uint64_t>(all().size())}});
    signal_all(all(), SIGTERM);
}

bool Pool::bounded() const {
    return stopping_ || (draining_ && !old_.empty()) || checking_ > 0;
}

void Pool::enforce_limit() {
    if (!bounded() || steady_clock::now() < kill_at_) return;
    if (checking_ > 0) kill(checking_, SIGKILL);
    const std::vector<pid_t> late = stopping_ ? all() : draining_ ? old_ : std::vector<pid_t>{};
    if (!late.empty()) {
        log::write(log::Level::Error, "pool.killed",
                   {{"workers", static_cast<std::uint64_t>(late.size())}});
    }
    signal_all(late, SIGKILL);
    kill_at_ = steady_clock::now() + Seconds{1};
}

}  // namespace portal
