#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "fcgi/base/time.h"
#include "fcgi/http/request.h"
#include "fcgi/http/response.h"
#include "fcgi/server/head_gate.h"

namespace portal {

/// Reads the body of the request in hand, at most `most` bytes of it; empty if it has none. Throws
/// HttpError 400 (fewer bytes than announced before the deadline), 411 (no length), 413 (longer).
using ReadBody = std::function<std::string(std::size_t most)>;

/// An answer, with what the log and the meter want to know of its request.
struct Served {
    Response response;
    std::string_view route;    ///< its pattern, valid as long as the application; empty: none
    std::string sender = "-";  ///< for the log: a login, or token:NAME
    bool quiet = false;        ///< its line belongs into the log at level debug only
};

/// The portal as the transport sees it: a request in, a response out.
class Application {
 public:
    virtual ~Application() = default;

    /// Called in each worker after the fork, before its first request.
    virtual void started() {}
    /// Called in the supervisor when a worker ended that was not asked to.
    virtual void worker_died() {}

    /// Answers a request before its deadline. The body is read when the request has passed all
    /// checks that need none; one that is refused is not read. What serve() throws is a mistake of
    /// ours: the worker catches it and calls failure().
    virtual Served serve(const Request& request, const ReadBody& read_body,
                         const Deadline& deadline) = 0;

    /// Called when a connection was closed before a request came out of it.
    virtual void connection_refused(Arrival /*how*/) {}

    /// Called around each request: before anything of it is read, and when its answer was sent.
    virtual void request_began() {}
    virtual void request_ended(const Request& /*request*/, std::string_view /*route*/,
                               int /*status*/, std::chrono::microseconds /*took*/) {}

    /// Called between requests, at last half a second after one: what can wait may be done,
    /// quickly.
    virtual void idle() {}

    /// The page (or JSON, by the path's ending) of an error status: 400, 413, 500, 503 ... Never
    /// throws.
    virtual Served failure(const Request& request, int status) = 0;
};

/// The status of the exception in hand: an HttpError's own; 500 for any other, which is logged.
[[nodiscard]] int status_of_exception(const Request& request);

}  // namespace portal
