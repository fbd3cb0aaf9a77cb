#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "fcgi/base/units.h"

namespace portal::fakes {

/// What a scripted server does with one request.
struct Script {
    enum class Kind {
        Answer,       ///< status and body
        Refuse,       ///< no listening socket at all; for the whole server, see play()
        Hang,         ///< reads the request and stays silent
        Drip,         ///< a right head, then one byte of the body every 50 ms
        CutOff,       ///< half of the body, then the connection ends
        Nonsense,     ///< bytes that are not HTTP
        Unavailable,  ///< 503 with a page
        Drop,         ///< ends the connection without an answer
        DropKept,     ///< the same, but answers the first request of each connection
        Proxy,        ///< what the upstream server says
    };
    Kind kind = Kind::Answer;
    Milliseconds delay{0};     ///< before the answer
    std::size_t together = 0;  ///< no answer before so many requests have been open at once
    int status = 200;
    std::string body = R"({"status":"success","data":{"resultType":"vector","result":[]}})";
    std::uint16_t upstream_port = 0;  ///< of 127.0.0.1, for Proxy
};

/// "answer", "refuse", "hang", "drip", "cut-off", "nonsense", "unavailable", "drop", "drop-kept",
/// "proxy"; throws std::invalid_argument for anything else.
[[nodiscard]] Script::Kind script_kind(std::string_view name);

/// What a server has seen.
struct Sightings {
    std::size_t requests = 0;
    std::size_t connections = 0;
    std::size_t most_open = 0;  ///< requests that waited for their answers at the same moment
    std::size_t answered = 0;
};

/// A small HTTP server on 127.0.0.1 that does as it is told; threads of its own.
class ScriptedServer {
 public:
    /// Script for a request, given its head and body as they came; called under a lock.
    using Chooser = std::function<Script(const std::string& request)>;

    /// Port 0: a free one. Throws std::system_error if it cannot listen.
    explicit ScriptedServer(std::uint16_t port = 0);
    ~ScriptedServer();
    ScriptedServer(const ScriptedServer&) = delete;
    ScriptedServer& operator=(const ScriptedServer&) = delete;

    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

    /// The same for all requests from now on. Refuse closes the listening socket and all
    /// connections before it returns; any other kind opens it again.
    void play(const Script& script);
    void play(Chooser chooser);

    [[nodiscard]] Sightings seen() const;
    /// Requests as they came, at most 1000.
    [[nodiscard]] std::vector<std::string> requests() const;
    void forget();

 private:
    struct Connection {
        int socket = -1;
        std::size_t answered = 0;
    };

    void listen_now();
    void accept_loop();
    void serve(int socket);
    [[nodiscard]] bool answer(Connection& connection, const std::string& request);
    [[nodiscard]] bool act(Connection& connection, const Script& script,
                           const std::string& request) const;
    [[nodiscard]] Script note_request(const std::string& request);
    void wait_for_others(std::size_t together);
    /// False when the peer has gone or the server stops.
    [[nodiscard]] bool wait_quietly(int socket, Milliseconds time) const;
    void set_refusing(bool refusing);

    std::uint16_t port_ = 0;
    int listener_ = -1;
    int stop_read_ = -1;
    int stop_write_ = -1;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    Chooser chooser_;
    bool refusing_ = false;
    bool stopping_ = false;
    Sightings seen_;
    std::size_t open_ = 0;
    std::vector<std::string> requests_;
    std::vector<int> sockets_;
    std::vector<std::thread> threads_;
    std::thread acceptor_;
};

}  // namespace portal::fakes
