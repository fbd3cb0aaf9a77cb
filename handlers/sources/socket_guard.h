#pragma once

#include "fcgi/base/time.h"

namespace portal {

/// Ends blocking network calls of a library at a deadline, even if the server sends one byte now
/// and then (which defeats every read timeout). When the time is over, a signal handler shuts the
/// guarded sockets down; the library then sees a closed connection and gives up. It repeats that
/// until the guard ends, so a library that connects again is stopped too.
///
/// One guard at a time in a process, used by its only thread. Uses the signal SIGRTMIN + 5 and one
/// timer of the process; safe across fork.
class SocketGuard {
 public:
    /// Guards one socket, as long as the guard lives.
    SocketGuard(int socket, const Deadline& deadline);
    /// Guards every socket that is opened while the guard lives: for connecting.
    explicit SocketGuard(const Deadline& deadline);
    ~SocketGuard();
    SocketGuard(const SocketGuard&) = delete;
    SocketGuard& operator=(const SocketGuard&) = delete;

    /// True if the time was over and the sockets were shut down.
    [[nodiscard]] bool fired() const;
    /// The stream socket opened since a connecting guard began, the last one if there are several;
    /// -1 if there is none.
    [[nodiscard]] int opened() const;
};

/// While it lives, guards end their call as soon as `tired` says so, asked every 20 ms from `after`
/// on. One at a time in a process.
class EarlyEnd {
 public:
    /// Called in a signal handler: may only do what is safe there.
    using Tired = bool (*)(const void* about);

    EarlyEnd(Deadline::Milliseconds after, Tired tired, const void* about);
    ~EarlyEnd();
    EarlyEnd(const EarlyEnd&) = delete;
    EarlyEnd& operator=(const EarlyEnd&) = delete;
};

}  // namespace portal
