#include "http_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>
#include <vector>

namespace portal::simulator {
namespace {

constexpr std::size_t kMostConnections = 200;
constexpr std::size_t kLongestRequest = 8192;
constexpr std::chrono::seconds kPatience{15};

int listen_on(const std::string& address) {
    const std::size_t colon = address.rfind(':');
    sockaddr_in name{};
    name.sin_family = AF_INET;
    if (colon == std::string::npos ||
        inet_pton(AF_INET, address.substr(0, colon).c_str(), &name.sin_addr) != 1) {
        throw std::runtime_error("not an address: " + address);
    }
    name.sin_port = htons(static_cast<std::uint16_t>(std::stoul(address.substr(colon + 1))));
    const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    const int yes = 1;
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(descriptor, reinterpret_cast<const sockaddr*>(&name), sizeof name) != 0 ||
        listen(descriptor, SOMAXCONN) != 0) {
        close(descriptor);
        throw std::runtime_error("cannot listen on " + address);
    }
    return descriptor;
}

int signal_descriptor() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigprocmask(SIG_BLOCK, &set, nullptr);
    signal(SIGPIPE, SIG_IGN);
    return signalfd(-1, &set, SFD_CLOEXEC);
}

std::string response(std::string_view status, std::string_view body) {
    std::string text = "HTTP/1.1 ";
    text.append(status).append("\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n");
    text.append("Content-Length: ").append(std::to_string(body.size()));
    return text.append("\r\nConnection: close\r\n\r\n").append(body);
}

}  // namespace

HttpServer::HttpServer(const std::string& address, Handler handler)
    : handler_(std::move(handler)), listener_(listen_on(address)), signals_(signal_descriptor()) {}

HttpServer::~HttpServer() {
    for (const auto& [descriptor, connection] : connections_) close(descriptor);
    close(listener_);
    close(signals_);
}

void HttpServer::run(const std::function<void()>& tick) {
    while (true) {
        std::vector<pollfd> wanted{{signals_, POLLIN, 0}, {listener_, POLLIN, 0}};
        for (const auto& [descriptor, connection] : connections_) {
            const short events = connection.output.empty() ? POLLIN : POLLOUT;
            wanted.push_back({descriptor, events, 0});
        }
        poll(wanted.data(), wanted.size(), 1000);
        if (wanted[0].revents != 0) return;
        for (std::size_t i = 2; i < wanted.size(); ++i) {
            if (wanted[i].revents == 0) continue;
            const int descriptor = wanted[i].fd;
            if (!progress(descriptor, connections_.at(descriptor))) close_connection(descriptor);
        }
        if (wanted[1].revents != 0) accept_all();
        close_old();
        tick();
    }
}

void HttpServer::accept_all() {
    while (true) {
        const int descriptor = accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (descriptor < 0) return;
        if (connections_.size() >= kMostConnections) {
            close(descriptor);
        } else {
            connections_[descriptor].opened = Clock::now();
        }
    }
}

void HttpServer::close_connection(int descriptor) {
    close(descriptor);
    connections_.erase(descriptor);
}

void HttpServer::close_old() {
    for (auto entry = connections_.begin(); entry != connections_.end();) {
        const auto next = std::next(entry);
        if (Clock::now() - entry->second.opened > kPatience) close_connection(entry->first);
        entry = next;
    }
}

bool HttpServer::progress(int descriptor, Connection& connection) {
    if (connection.output.empty()) {
        std::array<char, 4096> bytes{};
        const ssize_t count = recv(descriptor, bytes.data(), bytes.size(), 0);
        if (count <= 0 || connection.input.size() > kLongestRequest) return false;
        connection.input.append(bytes.data(), static_cast<std::size_t>(count));
        if (connection.input.find("\r\n\r\n") == std::string::npos) return true;
        connection.output = answer(connection.input);
    }
    const ssize_t sent = send(descriptor, connection.output.data(), connection.output.size(), 0);
    if (sent < 0) return errno == EAGAIN;
    connection.output.erase(0, static_cast<std::size_t>(sent));
    return !connection.output.empty();
}

std::string HttpServer::answer(const std::string& request) const {
    if (!request.starts_with("GET ")) return response("405 Method Not Allowed", "GET only\n");
    const std::string path = request.substr(4, request.find_first_of(" ?\r", 4) - 4);
    const auto body = handler_(path);
    return body ? response("200 OK", *body) : response("404 Not Found", "no such exporter\n");
}

}  // namespace portal::simulator
