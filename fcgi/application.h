#pragma once

#include "fcgi/base/deadline.h"
#include "fcgi/base/response.h"
#include "fcgi/request.h"

namespace portal {

/// The portal as the transport sees it: a request in, a response out.
class Application {
 public:
    virtual ~Application() = default;

    /// Called in each worker after the fork, before its first request.
    virtual void started() {}

    /// Answers a request before its deadline. An HttpError has become a page or JSON already; any
    /// other exception is our own mistake and is caught by the worker, which then calls failure().
    virtual Response serve(Request& request, const Deadline& deadline) = 0;

    /// The page (or JSON, by the path's ending) of an error status: 400, 413, 500, 503 ... Never
    /// throws.
    virtual Response failure(const Request& request, int status) = 0;
};

}  // namespace portal
