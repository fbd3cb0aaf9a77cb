#include "fcgi/server/listener.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "fcgi/base/text.h"

namespace portal {
namespace {

constexpr int kBacklog = 1024;

std::string reason() {
    return std::generic_category().message(errno);
}

sockaddr_un address_of(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.empty() || path.size() >= sizeof address.sun_path) {
        throw ListenError("unix:" + path + ": a path of 1 to 107 bytes is expected");
    }
    std::copy(path.begin(), path.end(), address.sun_path);
    return address;
}

const sockaddr* generic(const sockaddr_un& address) {
    return reinterpret_cast<const sockaddr*>(&address);
}

int new_socket() {
    const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) throw ListenError("no socket: " + reason());
    return fd;
}

/// Removes the file of a server that is gone; refuses anything else that stands there.
void remove_stale(const std::string& path, const sockaddr_un& address) {
    struct stat status {};
    if (lstat(path.c_str(), &status) != 0) return;
    if (!S_ISSOCK(status.st_mode)) throw ListenError("unix:" + path + ": is not a socket");
    const int probe = new_socket();
    const int outcome = connect(probe, generic(address), sizeof address);
    const int error = errno;
    close(probe);
    if (outcome == 0 || error == EAGAIN) {
        throw ListenError("unix:" + path + ": somebody listens there already");
    }
    if (error != ECONNREFUSED || unlink(path.c_str()) != 0) {
        throw ListenError("unix:" + path + ": the old socket cannot be removed: " + reason());
    }
}

Listener make_listener(const std::string& path) {
    const sockaddr_un address = address_of(path);
    remove_stale(path, address);
    const int fd = new_socket();
    const mode_t before = umask(0117);
    const int outcome = bind(fd, generic(address), sizeof address);
    const int error = errno;
    umask(before);
    if (outcome != 0 || listen(fd, kBacklog) != 0) {
        if (outcome != 0) errno = error;
        const std::string why = reason();
        close(fd);
        throw ListenError("unix:" + path + ": " + why);
    }
    return {fd, path};
}

Listener take_listener(const std::string& number) {
    const auto fd = text::parse_unsigned(number, 1U << 20U);
    if (!fd) throw ListenError("fd:" + number + ": a file descriptor number is expected");
    const auto taken = static_cast<int>(*fd);
    int domain = 0;
    int listening = 0;
    socklen_t size = sizeof domain;
    if (getsockopt(taken, SOL_SOCKET, SO_DOMAIN, &domain, &size) != 0 || domain != AF_UNIX) {
        throw ListenError("fd:" + number + ": a unix socket is expected, never a TCP one");
    }
    size = sizeof listening;
    if (getsockopt(taken, SOL_SOCKET, SO_ACCEPTCONN, &listening, &size) != 0 || listening == 0) {
        throw ListenError("fd:" + number + ": the socket does not listen");
    }
    fcntl(taken, F_SETFL, fcntl(taken, F_GETFL) | O_NONBLOCK);
    fcntl(taken, F_SETFD, FD_CLOEXEC);
    return {taken, {}};
}

}  // namespace

Listener open_listener(const std::string& where) {
    if (where.rfind("unix:", 0) == 0) return make_listener(where.substr(5));
    if (where.rfind("fd:", 0) == 0) return take_listener(where.substr(3));
    throw ListenError(where + ": unix:PATH or fd:N is expected");
}

}  // namespace portal
