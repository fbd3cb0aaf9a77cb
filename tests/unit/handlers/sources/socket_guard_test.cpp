// A call that a server holds ends at its deadline, or earlier once others need the worker.
#include "handlers/sources/socket_guard.h"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <boost/test/unit_test.hpp>

namespace {

using portal::Deadline;
using portal::EarlyEnd;
using portal::SocketGuard;
using Milliseconds = Deadline::Milliseconds;

/// Two connected sockets; nobody ever writes.
struct SilentServer {
    SilentServer() { BOOST_REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) == 0); }
    ~SilentServer() {
        ::close(ends[0]);
        ::close(ends[1]);
    }
    SilentServer(const SilentServer&) = delete;
    SilentServer& operator=(const SilentServer&) = delete;

    /// Waits for an answer; 0: the socket was shut down.
    [[nodiscard]] ssize_t read() const {
        char byte = 0;
        return ::recv(ends[0], &byte, 1, 0);
    }

    std::array<int, 2> ends{};
};

bool says(const void* answer) {
    return *static_cast<const bool*>(answer);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(socket_guard)

BOOST_AUTO_TEST_CASE(a_call_ends_at_its_deadline) {
    const SilentServer server;
    const SocketGuard guard(server.ends[0], Deadline::in(Milliseconds{30}));
    BOOST_TEST(server.read() == 0);
    BOOST_TEST(guard.fired());
}

BOOST_AUTO_TEST_CASE(a_call_ends_early_once_the_worker_is_needed) {
    const SilentServer server;
    const bool tired = true;
    const EarlyEnd early(Milliseconds{10}, &says, &tired);
    const Deadline far = Deadline::in(Milliseconds{3'600'000});
    const SocketGuard guard(server.ends[0], far);
    BOOST_TEST(server.read() == 0);
    BOOST_TEST(guard.fired());
    BOOST_TEST(far.left().count() > 0);
}

BOOST_AUTO_TEST_CASE(a_worker_that_nobody_needs_waits_until_the_deadline) {
    const SilentServer server;
    const bool tired = false;
    const EarlyEnd early(Milliseconds{1}, &says, &tired);
    const Deadline deadline = Deadline::in(Milliseconds{100});
    const SocketGuard guard(server.ends[0], deadline);
    BOOST_TEST(server.read() == 0);
    BOOST_TEST(deadline.left().count() == 0);
}

BOOST_AUTO_TEST_CASE(what_may_end_one_call_early_does_not_end_the_next) {
    const SilentServer server;
    const bool tired = true;
    { const EarlyEnd early(Milliseconds{1}, &says, &tired); }
    const Deadline deadline = Deadline::in(Milliseconds{60});
    const SocketGuard guard(server.ends[0], deadline);
    BOOST_TEST(server.read() == 0);
    BOOST_TEST(deadline.left().count() == 0);
}

BOOST_AUTO_TEST_SUITE_END()
