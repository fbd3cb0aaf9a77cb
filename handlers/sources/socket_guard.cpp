#include "handlers/sources/socket_guard.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <ctime>
#include <system_error>

namespace portal {
namespace {

constexpr int kDescriptors = 1024;
constexpr long kRepeatNanoseconds = 20'000'000;

// Read by the signal handler: plain words, written only while the timer is off.
std::array<bool, kDescriptors> guarded{};
volatile std::sig_atomic_t fired_now = 0;

using SteadyTime = std::chrono::steady_clock::time_point;
SteadyTime guard_ends{};

/// What may end a guarded call before its deadline; `tired` is null if nothing may.
struct Early {
    SteadyTime begins{};
    EarlyEnd::Tired tired = nullptr;
    const void* about = nullptr;
};
Early early{};

bool is_time() {
    if (fired_now != 0 || std::chrono::steady_clock::now() >= guard_ends) return true;
    return early.tired != nullptr && early.tired(early.about);
}

void shut_down_guarded(int) {
    const int saved = errno;
    if (!is_time()) {
        errno = saved;
        return;
    }
    fired_now = 1;
    for (int fd = 0; fd < kDescriptors; ++fd) {
        if (guarded[static_cast<std::size_t>(fd)]) ::shutdown(fd, SHUT_RDWR);
    }
    errno = saved;
}

timer_t make_timer() {
    struct sigaction action {};
    action.sa_handler = shut_down_guarded;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    struct sigevent event {};
    event.sigev_notify = SIGEV_SIGNAL;
    event.sigev_signo = SIGRTMIN + 5;
    timer_t timer{};
    if (::sigaction(event.sigev_signo, &action, nullptr) != 0 ||
        ::timer_create(CLOCK_MONOTONIC, &event, &timer) != 0) {
        throw std::system_error(errno, std::generic_category(), "timer");
    }
    return timer;
}

/// The timer of this process; a child does not inherit its parent's.
timer_t timer_of_process() {
    static pid_t owner = 0;
    static timer_t timer{};
    if (owner != ::getpid()) {
        timer = make_timer();
        owner = ::getpid();
    }
    return timer;
}

void arm(Deadline::Milliseconds left) {
    const auto now = std::chrono::steady_clock::now();
    auto time = std::max(left, Deadline::Milliseconds{1});
    guard_ends = now + time;
    if (early.tired != nullptr && early.begins < guard_ends) {
        const auto until = std::chrono::ceil<Deadline::Milliseconds>(early.begins - now);
        time = std::max(until, Deadline::Milliseconds{1});
    }
    struct itimerspec when {};
    when.it_value.tv_sec = time.count() / 1000;
    when.it_value.tv_nsec = (time.count() % 1000) * 1'000'000;
    when.it_interval.tv_nsec = kRepeatNanoseconds;
    ::timer_settime(timer_of_process(), 0, &when, nullptr);
}

void disarm() {
    const struct itimerspec never {};
    ::timer_settime(timer_of_process(), 0, &never, nullptr);
}

bool is_open(int fd) {
    return ::fcntl(fd, F_GETFD) != -1;
}

bool is_stream_socket(int fd) {
    int type = 0;
    socklen_t size = sizeof type;
    return ::getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_STREAM;
}

}  // namespace

SocketGuard::SocketGuard(int socket, const Deadline& deadline) {
    guarded.fill(false);
    if (socket >= 0 && socket < kDescriptors) guarded[static_cast<std::size_t>(socket)] = true;
    fired_now = 0;
    arm(deadline.left());
}

SocketGuard::SocketGuard(const Deadline& deadline) {
    for (int fd = 0; fd < kDescriptors; ++fd) {
        guarded[static_cast<std::size_t>(fd)] = !is_open(fd);
    }
    fired_now = 0;
    arm(deadline.left());
}

SocketGuard::~SocketGuard() {
    disarm();
    guarded.fill(false);
}

EarlyEnd::EarlyEnd(Deadline::Milliseconds after, Tired tired, const void* about) {
    early = {std::chrono::steady_clock::now() + after, tired, about};
}

EarlyEnd::~EarlyEnd() {
    early = {};
}

bool SocketGuard::fired() const {
    return fired_now != 0;
}

int SocketGuard::opened() const {
    for (int fd = kDescriptors - 1; fd >= 0; --fd) {
        if (guarded[static_cast<std::size_t>(fd)] && is_stream_socket(fd)) return fd;
    }
    return -1;
}

}  // namespace portal
