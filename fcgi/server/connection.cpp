#include "fcgi/server/connection.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "fcgi/base/log.h"
#include "fcgi/http/http_error.h"
#include "fcgi/server/head_gate.h"

namespace portal {
namespace {

constexpr int kSendBuffer = 1 << 20;

/// Lets a peer that still sends end in peace, for a short time: closing the socket under it would
/// make the web server lose the answer.
void linger(int fd) {
    constexpr Milliseconds kIdle{200};
    const Deadline deadline = Deadline::in(Milliseconds{1000});
    std::array<char, 16384> waste{};
    pollfd entry{fd, POLLIN, 0};
    while (!deadline.passed() && poll(&entry, 1, static_cast<int>(kIdle.count())) > 0) {
        if (recv(fd, waste.data(), waste.size(), MSG_DONTWAIT) <= 0) return;
    }
}

}  // namespace

void Connection::prepare() {
    // libfcgi's own waits at a close; ours come first.
    setenv("LIBFCGI_OS_CLOSE_POLL_TIMEOUT", "200", 1);
    FCGX_Init();
}

Connection::Connection(int fd, const ConnectionLimits& limits) {
    const Arrived arrived = wait_for_head(fd, limits.head);
    if (arrived.how != Arrival::Ready) {
        if (arrived.how != Arrival::Gone) log::write(log::Level::Debug, "peer.dropped");
        close(fd);
        return;
    }
    whole_ = arrived.whole;
    limit_each_transfer(fd, limits.transfer);
    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &kSendBuffer, sizeof kSendBuffer);
    // No listening socket: if this connection breaks, libfcgi must not accept another by itself.
    FCGX_InitRequest(&raw_, -1, 0);
    raw_.ipcFd = fd;
    raw_.keepConnection = 1;
    ready_ = FCGX_Accept_r(&raw_) == 0;  // libfcgi closes the socket if it fails
}

Connection::~Connection() {
    if (!ready_) return;
    // Ours to close, whatever the peer wants: a worker must not be pinned to a connection.
    raw_.keepConnection = 1;
    FCGX_Finish_r(&raw_);
    if (raw_.ipcFd < 0) return;
    if (!whole_) linger(raw_.ipcFd);
    close(raw_.ipcFd);
}

bool Connection::gone() const {
    return hung_up(raw_.ipcFd);
}

Parameters Connection::parameters() const {
    Parameters parameters;
    for (char** entry = raw_.envp; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string_view line(*entry);
        const auto equals = line.find('=');
        if (equals == std::string_view::npos) continue;
        parameters.try_emplace(line.substr(0, equals), line.substr(equals + 1));
    }
    return parameters;
}

std::string Connection::read(std::size_t length, const Deadline& deadline) {
    FCGX_Stream* stream = raw_.in;
    std::string body;
    body.reserve(length);
    while (body.size() < length) {
        if (deadline.passed()) throw HttpError(400, "");
        // What libfcgi has in its buffer, or one byte that it waits for: so the deadline is looked
        // at between any two waits.
        const auto buffered =
            static_cast<std::size_t>(std::max<std::ptrdiff_t>(stream->stop - stream->rdNext, 1));
        const std::size_t wanted = std::min(buffered, length - body.size());
        const std::size_t before = body.size();
        body.resize(before + wanted);
        const int got = FCGX_GetStr(body.data() + before, static_cast<int>(wanted), stream);
        if (got <= 0) throw HttpError(400, "");
        body.resize(before + static_cast<std::size_t>(got));
    }
    return body;
}

bool Connection::write(std::string_view text) {
    const auto count = static_cast<int>(text.size());
    return text.empty() || FCGX_PutStr(text.data(), count, raw_.out) == count;
}

}  // namespace portal
