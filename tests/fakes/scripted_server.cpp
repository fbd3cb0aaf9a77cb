#include "tests/fakes/scripted_server.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace portal::fakes {
namespace {

constexpr Milliseconds kDripPause{50};
constexpr Milliseconds kForever = std::chrono::hours{1};

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

/// The socket API wants a pointer to another type of address.
const sockaddr* generic(const sockaddr_in& address) {
    return reinterpret_cast<const sockaddr*>(&address);
}

bool send_all(int socket, std::string_view text) {
    while (!text.empty()) {
        const ssize_t sent = send(socket, text.data(), text.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

/// Appends what has arrived; false at the end of the connection.
bool receive_some(int socket, std::string& text) {
    std::array<char, 16384> buffer{};
    const ssize_t count = recv(socket, buffer.data(), buffer.size(), 0);
    if (count <= 0) return false;
    text.append(buffer.data(), static_cast<std::size_t>(count));
    return true;
}

std::string lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return result;
}

/// Length of the first whole message in `text`, if there is one.
std::optional<std::size_t> message_length(const std::string& text) {
    const auto head = text.find("\r\n\r\n");
    if (head == std::string::npos) return std::nullopt;
    std::size_t length = head + 4;
    const std::string fields = lower(std::string_view(text).substr(0, head));
    const std::string_view wanted = "\r\ncontent-length:";
    if (const auto at = fields.find(wanted); at != std::string::npos) {
        length += std::stoul(fields.substr(at + wanted.size()));
    }
    if (text.size() < length) return std::nullopt;
    return length;
}

/// The message without a header field.
std::string without_field(std::string message, std::string_view name) {
    const auto head = message.find("\r\n\r\n");
    const auto at =
        lower(std::string_view(message).substr(0, head + 2)).find("\r\n" + std::string(name) + ":");
    if (head == std::string::npos || at == std::string::npos) return message;
    return message.erase(at, message.find("\r\n", at + 2) - at);
}

std::string head_for(const Script& script) {
    const std::string type = script.status == 200 ? "application/json" : "text/html";
    return "HTTP/1.1 " + std::to_string(script.status) + " Scripted\r\nContent-Type: " + type +
           "\r\nContent-Length: " + std::to_string(script.body.size()) + "\r\n\r\n";
}

/// The upstream's whole answer; 502 if there is none.
std::string ask_upstream(std::uint16_t port, const std::string& request) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = loopback(port);
    std::string answer;
    if (connect(socket, generic(address), sizeof address) == 0) {
        std::string message = without_field(request, "connection");
        message.insert(message.find("\r\n") + 2, "Connection: close\r\n");
        if (send_all(socket, message)) {
            while (receive_some(socket, answer)) continue;
        }
    }
    close(socket);
    if (answer.empty()) return "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n";
    return without_field(std::move(answer), "connection");
}

}  // namespace

Script::Kind script_kind(std::string_view name) {
    using Kind = Script::Kind;
    constexpr std::array<std::pair<std::string_view, Kind>, 10> kNames = {{
        {"answer", Kind::Answer},
        {"refuse", Kind::Refuse},
        {"hang", Kind::Hang},
        {"drip", Kind::Drip},
        {"cut-off", Kind::CutOff},
        {"nonsense", Kind::Nonsense},
        {"unavailable", Kind::Unavailable},
        {"drop", Kind::Drop},
        {"drop-kept", Kind::DropKept},
        {"proxy", Kind::Proxy},
    }};
    for (const auto& [text, kind] : kNames) {
        if (text == name) return kind;
    }
    throw std::invalid_argument("no such behaviour: " + std::string(name));
}

ScriptedServer::ScriptedServer(std::uint16_t port) : port_(port) {
    chooser_ = [](const std::string&) { return Script{}; };
    std::array<int, 2> ends{};
    if (pipe(ends.data()) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
    stop_read_ = ends[0];
    stop_write_ = ends[1];
    listen_now();
    acceptor_ = std::thread([this] { accept_loop(); });
}

ScriptedServer::~ScriptedServer() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    // Nobody reads it, so everybody who polls it sees it.
    static_cast<void>(!write(stop_write_, "x", 1));
    acceptor_.join();
    for (std::thread& thread : threads_) thread.join();
    if (listener_ >= 0) close(listener_);
    close(stop_read_);
    close(stop_write_);
}

void ScriptedServer::listen_now() {
    listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int yes = 1;
    setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in address = loopback(port_);
    if (bind(listener_, generic(address), sizeof address) != 0 || listen(listener_, 128) != 0) {
        throw std::system_error(errno, std::generic_category(), "listen");
    }
    socklen_t length = sizeof address;
    getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length);
    port_ = ntohs(address.sin_port);
}

void ScriptedServer::accept_loop() {
    while (true) {
        {
            std::unique_lock lock(mutex_);
            if (refusing_ && listener_ >= 0) {
                close(listener_);
                listener_ = -1;
                for (const int socket : sockets_) shutdown(socket, SHUT_RDWR);
            }
            if (!refusing_ && listener_ < 0) listen_now();
            changed_.notify_all();
            if (stopping_) return;
        }
        // A descriptor of -1 is skipped.
        std::array<pollfd, 2> waits = {{{listener_, POLLIN, 0}, {stop_read_, POLLIN, 0}}};
        poll(waits.data(), waits.size(), 10);
        if ((waits[0].revents & POLLIN) == 0) continue;
        const int socket = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket < 0) continue;
        const std::lock_guard lock(mutex_);
        ++seen_.connections;
        sockets_.push_back(socket);
        threads_.emplace_back([this, socket] { serve(socket); });
    }
}

void ScriptedServer::serve(int socket) {
    Connection connection{.socket = socket};
    std::string input;
    bool going_on = true;
    while (going_on) {
        const auto length = message_length(input);
        if (length) {
            const std::string request = input.substr(0, *length);
            input.erase(0, *length);
            going_on = answer(connection, request);
            continue;
        }
        std::array<pollfd, 2> waits = {{{socket, POLLIN, 0}, {stop_read_, POLLIN, 0}}};
        poll(waits.data(), waits.size(), -1);
        going_on = waits[1].revents == 0 && receive_some(socket, input);
    }
    const std::lock_guard lock(mutex_);
    std::erase(sockets_, socket);
    close(socket);
}

Script ScriptedServer::note_request(const std::string& request) {
    const std::lock_guard lock(mutex_);
    ++seen_.requests;
    ++open_;
    seen_.most_open = std::max(seen_.most_open, open_);
    changed_.notify_all();
    if (requests_.size() < 1000) requests_.push_back(request);
    return chooser_(request);
}

void ScriptedServer::wait_for_others(std::size_t together) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return stopping_ || seen_.most_open >= together; });
}

bool ScriptedServer::answer(Connection& connection, const std::string& request) {
    const Script script = note_request(request);
    wait_for_others(script.together);
    const bool alive = wait_quietly(connection.socket, script.delay);
    const bool going_on = alive && act(connection, script, request);
    ++connection.answered;
    const std::lock_guard lock(mutex_);
    --open_;
    ++seen_.answered;
    return going_on;
}

bool ScriptedServer::act(Connection& connection, const Script& script,
                         const std::string& request) const {
    const int socket = connection.socket;
    const std::string whole = head_for(script) + script.body;
    switch (script.kind) {
        case Script::Kind::Answer:
            return send_all(socket, whole);
        case Script::Kind::Refuse:
        case Script::Kind::Drop:
            return false;
        case Script::Kind::DropKept:
            return connection.answered == 0 && send_all(socket, whole);
        case Script::Kind::Hang:
            return wait_quietly(socket, kForever);
        case Script::Kind::Drip:
            if (!send_all(socket, head_for(script))) return false;
            for (const char byte : script.body) {
                if (!send_all(socket, {&byte, 1}) || !wait_quietly(socket, kDripPause)) {
                    return false;
                }
            }
            return true;
        case Script::Kind::CutOff:
            send_all(socket, head_for(script) + script.body.substr(0, script.body.size() / 2));
            return false;
        case Script::Kind::Nonsense:
            send_all(socket, "\x16\x03\x01 this is not what you asked for\r\n\r\n\x7f\x80{]");
            return false;
        case Script::Kind::Unavailable:
            return send_all(socket,
                            "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/html\r\n"
                            "Content-Length: 20\r\n\r\n<h1>Unavailable</h1>");
        case Script::Kind::Proxy:
            return send_all(socket, ask_upstream(script.upstream_port, request));
    }
    return false;
}

bool ScriptedServer::wait_quietly(int socket, Milliseconds time) const {
    if (time.count() == 0) return true;
    std::array<pollfd, 2> waits = {{{socket, POLLRDHUP, 0}, {stop_read_, POLLIN, 0}}};
    return poll(waits.data(), waits.size(), static_cast<int>(time.count())) == 0;
}

void ScriptedServer::set_refusing(bool refusing) {
    std::unique_lock lock(mutex_);
    refusing_ = refusing;
    changed_.wait(lock, [this] { return (listener_ < 0) == refusing_; });
}

void ScriptedServer::play(const Script& script) {
    play([script](const std::string&) { return script; });
    set_refusing(script.kind == Script::Kind::Refuse);
}

void ScriptedServer::play(Chooser chooser) {
    {
        const std::lock_guard lock(mutex_);
        chooser_ = std::move(chooser);
    }
    set_refusing(false);
}

Sightings ScriptedServer::seen() const {
    const std::lock_guard lock(mutex_);
    return seen_;
}

std::vector<std::string> ScriptedServer::requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
}

void ScriptedServer::forget() {
    const std::lock_guard lock(mutex_);
    seen_ = {};
    requests_.clear();
}

}  // namespace portal::fakes
