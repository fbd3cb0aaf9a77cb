#include "fcgi/server/worker.h"

#include <malloc.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <string>
#include <utility>

#include "fcgi/base/log.h"
#include "fcgi/http/response_writer.h"
#include "fcgi/server/fcgi_input.h"
#include "fcgi/server/head_gate.h"

namespace portal {
namespace {

using std::chrono::duration_cast;
using std::chrono::microseconds;

constexpr std::size_t kChunk = std::size_t{32} << 10U;
constexpr std::size_t kKeptMemory = std::size_t{1} << 20U;
constexpr int kRestMs = 500;
constexpr int kSendBuffer = 1 << 20;

int stop_signal_fd() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

/// An epoll of both descriptors; of the workers that wait on the shared socket one is woken.
int watch(int stop_fd, int listen_fd) {
    const int fd = epoll_create1(EPOLL_CLOEXEC);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = stop_fd;
    epoll_ctl(fd, EPOLL_CTL_ADD, stop_fd, &event);
    event.events = EPOLLIN | EPOLLEXCLUSIVE;
    event.data.fd = listen_fd;
    epoll_ctl(fd, EPOLL_CTL_ADD, listen_fd, &event);
    return fd;
}

enum class Work { Stop, Connection, Rest };

/// Waits for something to do; Stop once one was asked for, whatever else is ready; Rest if nothing
/// came in time (-1: never).
Work wait_for_work(int watched, int stop_fd, int timeout_ms) {
    std::array<epoll_event, 2> events{};
    const int count = epoll_wait(watched, events.data(), 2, timeout_ms);
    if (count == 0) return Work::Rest;
    const bool stopped =
        std::any_of(events.begin(), events.begin() + std::max(count, 0),
                    [&](const epoll_event& event) { return event.data.fd == stop_fd; });
    return stopped ? Work::Stop : Work::Connection;
}

void say_ready(int ready_fd) {
    if (ready_fd < 0) return;
    const pid_t self = getpid();
    [[maybe_unused]] const auto written = write(ready_fd, &self, sizeof self);
    close(ready_fd);
}

Parameters parameters_of(char** environment) {
    Parameters parameters;
    for (; environment != nullptr && *environment != nullptr; ++environment) {
        const std::string_view line(*environment);
        const auto equals = line.find('=');
        if (equals == std::string_view::npos) continue;
        parameters.try_emplace(line.substr(0, equals), line.substr(equals + 1));
    }
    return parameters;
}

/// Lets a peer that still sends end in peace, for a short time: closing under it would make the
/// web server lose the answer.
void linger(int fd) {
    constexpr Milliseconds kIdle{200};
    const Deadline deadline = Deadline::in(Milliseconds{1000});
    std::array<char, 16384> waste{};
    pollfd entry{fd, POLLIN, 0};
    while (!deadline.passed() && poll(&entry, 1, static_cast<int>(kIdle.count())) > 0) {
        if (recv(fd, waste.data(), waste.size(), MSG_DONTWAIT) <= 0) return;
    }
}

/// A handler that hangs for good, against every deadline, ends its process: SIGALRM has its default
/// action. The supervisor starts another worker and says so.
void arm_watchdog(Milliseconds deadline) {
    alarm(static_cast<unsigned>(duration_cast<Seconds>(deadline).count()) * 3U + 30U);
}

/// A page of memory that is fetched anew costs more than what is written into it. So freed memory
/// stays until the worker rests; only what is very large comes and goes by itself.
void keep_memory() {
    constexpr int kOwnMapping = 8 << 20;
    constexpr int kNever = 1 << 30;
    mallopt(M_MMAP_THRESHOLD, kOwnMapping);
    mallopt(M_TRIM_THRESHOLD, kNever);
}

void give_memory_back() {
    if (mallinfo2().fordblks > kKeptMemory) malloc_trim(kKeptMemory / 4);
}

/// How long the request has waited since the web server took it; zero if it does not say.
Milliseconds age_of(const ParsedRequest& parsed) {
    if (parsed.started_us <= 0) return Milliseconds{0};
    const std::chrono::microseconds started{parsed.started_us};
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::max(duration_cast<Milliseconds>(now - started), Milliseconds{0});
}

std::string method_name(const Parameters& parameters) {
    return std::string(parameter_value(parameters, "REQUEST_METHOD").substr(0, 16));
}

}  // namespace

Worker::Worker(Application& application, const WorkerSettings& settings)
    : application_(application), settings_(settings) {}

int Worker::run(int ready_fd) {
    // libfcgi's own waits at a close; ours come first.
    setenv("LIBFCGI_OS_CLOSE_POLL_TIMEOUT", "200", 1);
    FCGX_Init();
    std::signal(SIGPIPE, SIG_IGN);
    const int stop_fd = stop_signal_fd();
    const int watched = watch(stop_fd, settings_.listen_fd);
    if (stop_fd < 0 || watched < 0) return EXIT_FAILURE;
    application_.started();
    say_ready(ready_fd);
    keep_memory();
    int rest_ms = -1;
    for (;;) {
        const Work work = wait_for_work(watched, stop_fd, rest_ms);
        if (work == Work::Stop) break;
        if (work == Work::Rest) {
            idle();
            give_memory_back();
            rest_ms = -1;
            continue;
        }
        const int fd = accept4(settings_.listen_fd, nullptr, nullptr, SOCK_CLOEXEC);
        if (fd >= 0) connection(fd);
        idle();
        rest_ms = kRestMs;
    }
    idle();
    return EXIT_SUCCESS;
}

/// Whatever happens there, requests go on.
void Worker::idle() {
    arm_watchdog(settings_.deadline);
    try {
        application_.idle();
    } catch (const std::exception& error) {
        log::write(log::Level::Error, "idle.failed", {{"reason", error.what()}});
    }
    alarm(0);
}

void Worker::connection(int fd) {
    const Arrived arrived = wait_for_head(fd, settings_.head_limit);
    if (arrived.how != Arrival::Ready) {
        if (arrived.how != Arrival::Gone) log::write(log::Level::Debug, "peer.dropped");
        close(fd);
        return;
    }
    limit_each_transfer(fd, settings_.transfer_limit);
    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &kSendBuffer, sizeof kSendBuffer);
    FCGX_Request raw{};
    // No listening socket: if this connection breaks, libfcgi must not accept another by itself.
    FCGX_InitRequest(&raw, -1, 0);
    raw.ipcFd = fd;
    raw.keepConnection = 1;
    if (FCGX_Accept_r(&raw) < 0) return;  // libfcgi has closed it
    request(raw);
    // Ours to close, whatever the peer asked for: a worker must not be pinned to a connection.
    raw.keepConnection = 1;
    FCGX_Finish_r(&raw);
    if (raw.ipcFd >= 0) {
        if (!arrived.whole) linger(raw.ipcFd);
        close(raw.ipcFd);
        raw.ipcFd = -1;
    }
}

void Worker::request(FCGX_Request& raw) {
    const auto begin = clock_.steady();
    application_.request_began();
    const Parameters parameters = parameters_of(raw.envp);
    const ParsedRequest parsed = parse_request(parameters, settings_.rules);
    const Request& request = parsed.request;
    log::set_request_id(request.id);
    arm_watchdog(settings_.deadline);
    Served served = answer(parsed, raw.in);
    const Outcome outcome = send(request, std::exchange(served.response, {}), raw.out);
    alarm(0);
    const auto took = duration_cast<microseconds>(clock_.steady() - begin);
    application_.request_ended(request, served.route, outcome.status, took);
    log::write(served.quiet ? log::Level::Debug : log::Level::Information, "request",
               {{"method", method_name(parameters)},
                {"path", served.route.empty() ? std::string_view(request.path).substr(0, 256)
                                              : served.route},
                {"status", outcome.status},
                {"ms", static_cast<std::int64_t>(took.count() / 1000)},
                {"bytes", static_cast<std::uint64_t>(outcome.bytes)},
                {"user", served.sender}});
    log::set_request_id({});
}

Served Worker::answer(const ParsedRequest& parsed, FCGX_Stream* input) {
    const Request& request = parsed.request;
    const Milliseconds age = age_of(parsed);
    const Deadline deadline = Deadline::in(settings_.deadline - age);
    if (age > settings_.deadline * 3 / 4) {
        Served busy = application_.failure(request, 503);
        busy.response.headers.emplace_back("Retry-After", "5");
        return busy;
    }
    if (parsed.error != 0) return application_.failure(request, parsed.error);
    try {
        const auto read = [&](std::size_t most) {
            return read_body(parsed, input, most, deadline);
        };
        return application_.serve(request, read, deadline);
    } catch (...) {
        return application_.failure(request, status_of_exception(request));
    }
}

Worker::Outcome Worker::send(const Request& request, const Response& response,
                             FCGX_Stream* output) {
    CgiAnswer answer;
    Response instead;
    try {
        answer = cgi_answer(request, response);
    } catch (const std::exception& error) {
        log::write(log::Level::Error, "request.failed", {{"reason", error.what()}});
        instead = application_.failure(request, 500).response;
        instead.headers.clear();
        answer = cgi_answer(request, instead);
    }
    const Deadline deadline = Deadline::in(settings_.send_limit);
    const auto put = [&](std::string_view text) {
        const int count = static_cast<int>(text.size());
        return text.empty() || FCGX_PutStr(text.data(), count, output) == count;
    };
    bool going = put(answer.head);
    std::size_t sent = 0;
    while (going && sent < answer.body.size() && !deadline.passed()) {
        const std::string_view piece = answer.body.substr(sent, kChunk);
        going = put(piece);
        sent += piece.size();
    }
    return {answer.status, sent};
}

}  // namespace portal
