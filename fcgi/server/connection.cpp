#include "fcgi/server/connection.h"

#include <poll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>

#include "fcgi/http/http_error.h"

namespace portal {
namespace {

constexpr int kSendBuffer = 1 << 20;
/// A peer that still sends is read for so long after its answer, and no longer than a pause.
constexpr Milliseconds kLinger{100};
constexpr Milliseconds kLingerForKnown{1000};
constexpr Milliseconds kPause{40};
constexpr Milliseconds kPauseOfKnown{200};

/// A file in memory that holds these bytes, read from its beginning; -1 if that is impossible.
int file_of(const std::string& bytes) {
    const int fd = memfd_create("request", MFD_CLOEXEC);
    if (fd < 0) return -1;
    const auto wrote = pwrite(fd, bytes.data(), bytes.size(), 0);
    if (wrote == static_cast<ssize_t>(bytes.size())) return fd;
    close(fd);
    return -1;
}

}  // namespace

void Connection::prepare() {
    // libfcgi's own waits at a close; ours come first.
    setenv("LIBFCGI_OS_CLOSE_POLL_TIMEOUT", "200", 1);
    FCGX_Init();
}

/// libfcgi reads the head, which was checked, out of a file; then it writes to the socket. It never
/// reads from a peer.
Connection::Connection(int fd, const ConnectionLimits& limits) {
    Arrived arrived = wait_for_head(fd, limits.head);
    arrival_ = arrived.how;
    const int head = arrival_ == Arrival::Ready ? file_of(arrived.head) : -1;
    if (head < 0) {
        if (arrival_ == Arrival::Ready) arrival_ = Arrival::NoMemory;
        close(fd);
        return;
    }
    limit_each_transfer(fd, limits.transfer);
    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &kSendBuffer, sizeof kSendBuffer);
    // No listening socket: if this connection breaks, libfcgi must not accept another by itself.
    FCGX_InitRequest(&raw_, -1, 0);
    raw_.ipcFd = head;
    raw_.keepConnection = 1;
    ready_ = FCGX_Accept_r(&raw_) == 0;  // libfcgi closes the file if it fails
    if (!ready_) {
        arrival_ = Arrival::Broken;
        close(fd);
        return;
    }
    close(head);
    raw_.ipcFd = fd;
    reader_ = BodyReader(arrived.request);
    body_ = reader_.feed(arrived.rest);
}

Connection::~Connection() {
    if (!ready_) return;
    // Ours to close, whatever the peer wants: a worker must not be pinned to a connection.
    raw_.keepConnection = 1;
    FCGX_Finish_r(&raw_);
    if (raw_.ipcFd < 0) return;
    linger();
    close(raw_.ipcFd);
}

/// Closing the socket under a peer that still sends would make the web server lose the answer.
void Connection::linger() {
    const Deadline deadline = Deadline::in(known_ ? kLingerForKnown : kLinger);
    const auto pause = static_cast<int>((known_ ? kPauseOfKnown : kPause).count());
    std::array<char, 16384> waste{};
    pollfd entry{raw_.ipcFd, POLLIN, 0};
    while (!reader_.ended() && !reader_.broken() && !deadline.passed()) {
        if (poll(&entry, 1, pause) <= 0) return;
        const auto got = recv(raw_.ipcFd, waste.data(), waste.size(), MSG_DONTWAIT);
        if (got <= 0) return;
        static_cast<void>(reader_.feed({waste.data(), static_cast<std::size_t>(got)}));
    }
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
    std::array<char, 65536> buffer{};
    while (body_.size() < length) {
        if (deadline.passed() || reader_.ended() || reader_.broken()) throw HttpError(400, "");
        // Waits as long as a single transfer may take.
        const auto got = recv(raw_.ipcFd, buffer.data(), buffer.size(), 0);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) throw HttpError(400, "");
        body_ += reader_.feed({buffer.data(), static_cast<std::size_t>(got)});
    }
    std::string body = std::move(body_);
    body_ = body.substr(length);
    body.resize(length);
    return body;
}

bool Connection::write(std::string_view text) {
    const auto count = static_cast<int>(text.size());
    return text.empty() || FCGX_PutStr(text.data(), count, raw_.out) == count;
}

}  // namespace portal
