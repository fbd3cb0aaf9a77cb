#include "fcgi/server/worker.h"

#include <malloc.h>
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
#include "fcgi/http/http_error.h"
#include "fcgi/http/response_writer.h"
#include "fcgi/server/connection.h"

namespace portal {
namespace {

using std::chrono::duration_cast;
using std::chrono::microseconds;

constexpr std::size_t kChunk = std::size_t{32} << 10U;
constexpr std::size_t kKeptMemory = std::size_t{1} << 20U;
constexpr int kRestMs = 500;
/// Between two looks at whether somebody in line has a turn.
constexpr int kLookMs = 2;
/// More than that many in one worker's line are refused at once.
constexpr std::size_t kLongestLine = 64;

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

/// Waits for something to do; Stop once it was requested, whatever else is ready; Rest if nothing
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

/// Throws HttpError 411 for a body without a length, 413 for one that is longer than `most`.
std::size_t length_of_body(const ParsedRequest& parsed, std::size_t most) {
    if (!parsed.has_content_length && parsed.chunked) throw HttpError(411, "");
    if (parsed.content_length > most) throw HttpError(413, "");
    return static_cast<std::size_t>(parsed.content_length);
}

/// The next part of a long answer. One that fails ends it: its status is on its way.
std::string part_of(const Response& response) {
    try {
        return response.more();
    } catch (const std::exception& error) {
        log::write(log::Level::Error, "request.failed", {{"reason", error.what()}});
        return {};
    }
}

std::string method_name(const Parameters& parameters) {
    return std::string(parameter_value(parameters, "REQUEST_METHOD").substr(0, 16));
}

}  // namespace

Worker::Worker(Application& application, WorkShares& shares, const WorkerSettings& settings)
    : application_(application), shares_(shares), settings_(settings) {}

Worker::Caller::Caller(int fd, const WorkerSettings& settings)
    : began(std::chrono::steady_clock::now()),
      connection(fd, {settings.head_limit, settings.transfer_limit}) {
    if (!connection.ready()) return;
    parameters = connection.parameters();
    parsed = parse_request(parameters, settings.rules);
    person = person_of(parsed.request);
}

/// The loop waits, accepts and stops by itself: libfcgi's FCGX_Accept_r cannot bound a wait, nor
/// end one for a signal without losing a request.
int Worker::run(int ready_fd) {
    Connection::prepare();
    std::signal(SIGPIPE, SIG_IGN);
    const int stop_fd = stop_signal_fd();
    const int watched = watch(stop_fd, settings_.listen_fd);
    if (stop_fd < 0 || watched < 0) return EXIT_FAILURE;
    application_.started();
    shares_.worker_started();
    say_ready(ready_fd);
    keep_memory();
    int rest_ms = -1;
    for (;;) {
        const Work work = wait_for_work(watched, stop_fd, line_.empty() ? rest_ms : kLookMs);
        if (work == Work::Stop) break;
        if (work == Work::Connection) accept_one();
        serve_one_in_line();
        if (work == Work::Rest && line_.empty()) {
            idle();
            give_memory_back();
            rest_ms = -1;
            continue;
        }
        idle();
        rest_ms = kRestMs;
    }
    serve_all_in_line();
    idle();
    return EXIT_SUCCESS;
}

void Worker::accept_one() {
    const int fd = accept4(settings_.listen_fd, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) return;
    auto caller = std::make_unique<Caller>(fd, settings_);
    if (!caller->connection.ready()) return refused(caller->connection.arrival());
    if (waits_in_line(caller->person) || !shares_.begin(caller->person)) {
        if (line_.size() == kLongestLine) caller->parsed.error = 503;
        if (line_.size() < kLongestLine) return line_.push_back(std::move(caller));
    }
    request(*caller);
    shares_.end();
}

/// A peer that says nothing or leaves is nothing to report.
void Worker::refused(Arrival how) {
    application_.connection_refused(how);
    if (how == Arrival::Gone) return;
    const bool odd = how == Arrival::Broken || how == Arrival::TooLong;
    const log::Level level = how == Arrival::NoMemory ? log::Level::Error
                             : odd                    ? log::Level::Warning
                                                      : log::Level::Debug;
    log::write(level, "peer.dropped", {{"reason", arrival_name(how)}});
}

bool Worker::is_late(const ParsedRequest& parsed) const {
    return age_of(parsed) > settings_.deadline * 3 / 4;
}

bool Worker::waits_in_line(std::uint64_t person) const {
    return std::any_of(line_.begin(), line_.end(),
                       [&](const auto& one) { return one->person == person; });
}

void Worker::serve_one_in_line() {
    for (auto one = line_.begin(); one != line_.end(); ++one) {
        // Who has waited too long is told so at once, and takes no share.
        const bool late = is_late((*one)->parsed);
        if (!late && !shares_.begin((*one)->person)) continue;
        const std::unique_ptr<Caller> caller = std::move(*one);
        line_.erase(one);
        request(*caller);
        if (!late) shares_.end();
        return;
    }
}

void Worker::serve_all_in_line() {
    for (const auto& caller : line_) request(*caller);
    line_.clear();
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

void Worker::request(Caller& caller) {
    if (caller.connection.gone()) return;
    application_.request_began();
    const Request& request = caller.parsed.request;
    log::set_request_id(request.id);
    arm_watchdog(settings_.deadline);
    Served served = answer(caller.parsed, caller.connection);
    if (served.sender != "-") caller.connection.is_of_known();
    const Outcome outcome = send(request, std::exchange(served.response, {}), caller.connection);
    alarm(0);
    const auto took = duration_cast<microseconds>(std::chrono::steady_clock::now() - caller.began);
    application_.request_ended(request, served.route, outcome.status, took);
    log::write(served.quiet ? log::Level::Debug : log::Level::Information, "request",
               {{"method", method_name(caller.parameters)},
                {"path", served.route.empty() ? std::string_view(request.path).substr(0, 256)
                                              : served.route},
                {"status", outcome.status},
                {"ms", static_cast<std::int64_t>(took.count() / 1000)},
                {"bytes", static_cast<std::uint64_t>(outcome.bytes)},
                {"user", served.sender}});
    log::set_request_id({});
}

Served Worker::answer(const ParsedRequest& parsed, Connection& connection) {
    const Request& request = parsed.request;
    const Milliseconds age = age_of(parsed);
    const Deadline deadline = Deadline::in(settings_.deadline - age);
    if (is_late(parsed) || parsed.error == 503) {
        Served busy = application_.failure(request, 503);
        busy.response.headers.emplace_back("Retry-After", kRetryAfter);
        return busy;
    }
    if (parsed.error != 0) return application_.failure(request, parsed.error);
    try {
        const auto read = [&](std::size_t most) {
            return connection.read(length_of_body(parsed, most), deadline);
        };
        return application_.serve(request, read, deadline);
    } catch (...) {
        return application_.failure(request, status_of_exception(request));
    }
}

Worker::Outcome Worker::send(const Request& request, const Response& response,
                             Connection& connection) {
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
    bool going = connection.write(answer.head);
    std::size_t sent = 0;
    while (going && sent < answer.body.size() && !deadline.passed()) {
        const std::string_view piece = answer.body.substr(sent, kChunk);
        going = connection.write(piece);
        sent += piece.size();
    }
    while (going && answer.goes_on && !deadline.passed()) {
        const std::string part = part_of(response);
        if (part.empty()) break;
        going = connection.write(part);
        sent += part.size();
    }
    return {answer.status, sent};
}

}  // namespace portal
