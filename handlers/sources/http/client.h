#pragma once

// handlers/sources/http is the one way to an HTTP server: many transfers at a time in one thread,
// by libcurl. May include fcgi/base and what all sources share; knows nothing of queries and their
// answers.

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "fcgi/base/result.h"
#include "fcgi/base/secret.h"
#include "fcgi/base/time.h"
#include "fcgi/base/units.h"
#include "handlers/sources/gate.h"

namespace portal::http {

/// Takes the next piece of a body; false stops the transfer.
using BodyTaker = std::function<bool(std::string_view)>;

/// One question: POST of a form.
struct Request {
    std::string url;
    std::string form;  ///< application/x-www-form-urlencoded
    Milliseconds timeout{3000};
    std::size_t most_bytes = std::size_t{64} << 20U;  ///< a longer body is Malformed
    BodyTaker take;
};

/// How every transfer of a client is made.
struct ClientSettings {
    std::string ca_file{};   ///< PEM; empty: the system's
    bool verify_tls = true;  ///< check certificate and host name
    std::string user{};      ///< basic authentication; empty: none
    Secret password{};
    Secret bearer{};            ///< bearer token; used if `user` is empty
    std::size_t in_flight = 8;  ///< transfers at the same time; the rest waits in line
    /// A cheap question that finds out whether a server that hung is back, or is only busy; without
    /// a URL the next request does the first, and nothing the second.
    Request probe{};
};

/// How a transfer ended. `fault` is empty if a whole answer came, of whatever status.
/// Unreachable: no connection, or it broke before the first byte. Timeout: also while waiting in
/// line. Malformed: cut off, too large, not HTTP, or stopped by the taker.
struct Outcome {
    std::optional<Fault> fault;
    bool refused = false;  ///< by the breaker: nothing was sent
    int status = 0;        ///< 0 if none was read
    std::size_t bytes = 0;
    Milliseconds took{0};  ///< from start()
    std::string detail;    ///< for the log
};

/// Handle of a transfer; valid until cancel_all().
struct Transfer {
    std::size_t index = 0;
};

/// Many HTTP transfers at the same time over kept connections, driven by the calling thread: for
/// one worker, made after the fork. Transfers keep to `terms`: they end by the request's deadline,
/// and what the breaker refuses is over at once as Unreachable.
class Client {
 public:
    /// Throws std::invalid_argument if a credential holds a control character.
    Client(const ClientSettings& settings, SourceId source, const SourceTerms& terms = {});
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;
    Client(Client&&) = delete;
    Client& operator=(Client&&) = delete;

    /// Sends the request before it returns, or puts it in line. A kept connection that turns out
    /// dead is replaced once without notice. Throws std::invalid_argument if the URL is not a plain
    /// http or https one.
    Transfer start(Request request);

    /// Waits for the end of one transfer while all of them go on; once for each. Gives it up when
    /// too many workers wait for this source.
    [[nodiscard]] Outcome wait(Transfer transfer);

    /// Counts a question with the fault that its reader found, if it was not refused.
    void count(const Outcome& outcome, std::optional<Fault> fault) const;

    /// Reads what has arrived, sends what can be sent, without waiting.
    void drive();

    /// Forgets all transfers. Those under way lose their connections, the idle ones stay.
    void cancel_all();

    /// Transfers that are not over, in line or under way.
    [[nodiscard]] std::size_t unfinished() const;

 private:
    struct State;
    [[nodiscard]] bool probe();
    void look_for_life();
    [[nodiscard]] bool wait_until(Transfer transfer, Deadline::SteadyTime until);

    std::unique_ptr<State> state_;
};

}  // namespace portal::http
