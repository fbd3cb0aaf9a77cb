#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>

namespace portal::simulator {

/// A small HTTP server for scrapes: GET only, one answer for each connection, all in one thread.
class HttpServer {
 public:
    /// The body for a path, or nothing for 404.
    using Handler = std::function<std::optional<std::string>(const std::string& path)>;

    /// Listens on "HOST:PORT" (an IPv4 address). Throws std::runtime_error.
    HttpServer(const std::string& address, Handler handler);
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    /// Answers until SIGTERM or SIGINT; calls `tick` at least every second.
    void run(const std::function<void()>& tick);

 private:
    using Clock = std::chrono::steady_clock;
    struct Connection {
        std::string input;
        std::string output;
        Clock::time_point opened;
    };

    void accept_all();
    void close_connection(int descriptor);
    void close_old();
    /// Reads or writes what is possible; false when the connection is over.
    [[nodiscard]] bool progress(int descriptor, Connection& connection);
    [[nodiscard]] std::string answer(const std::string& request) const;

    Handler handler_;
    int listener_ = -1;
    int signals_ = -1;
    std::map<int, Connection> connections_;
};

}  // namespace portal::simulator
