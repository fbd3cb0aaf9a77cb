#pragma once

#include <chrono>
#include <cstddef>
#include <optional>

#include "fcgi/base/deadline.h"
#include "fcgi/http/request.h"
#include "fcgi/http/response.h"

namespace portal {

/// What becomes of the body of a request; decided before a byte of it is read.
struct Admission {
    enum class Body {
        Form,  ///< fields of a form into Request::form, JSON into Request::body
        Raw,   ///< whatever it is, into Request::body
    };
    std::optional<Response> refusal;  ///< the answer; the body is not read
    Body body = Body::Form;
    std::size_t most = 0;  ///< longest body; 0: what the worker allows any request
};

/// The portal as the transport sees it: a request in, a response out.
class Application {
 public:
    virtual ~Application() = default;

    /// Called in each worker after the fork, before its first request.
    virtual void started() {}
    /// Called in the supervisor when a worker ended that was not asked to.
    virtual void worker_died() {}

    /// Looks at the head of a request that may have a body. What the request deserves without its
    /// body (no such path, no right to it) is refused here. Throws as serve() does.
    virtual Admission admit(Request& /*request*/, const Deadline& /*deadline*/) { return {}; }

    /// Answers a request before its deadline. An HttpError has become a page or JSON already; any
    /// other exception is our own mistake and is caught by the worker, which then calls failure().
    virtual Response serve(Request& request, const Deadline& deadline) = 0;

    /// Called around each request: before anything of it is read, and when its answer was sent.
    virtual void request_began() {}
    virtual void request_ended(const Request& /*request*/, int /*status*/,
                               std::chrono::microseconds /*took*/) {}

    /// Called between requests, at last half a second after one: what can wait may be done,
    /// quickly.
    virtual void idle() {}

    /// The page (or JSON, by the path's ending) of an error status: 400, 413, 500, 503 ... Never
    /// throws.
    virtual Response failure(const Request& request, int status) = 0;
};

}  // namespace portal
