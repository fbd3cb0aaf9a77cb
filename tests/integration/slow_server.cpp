#include "tests/integration/slow_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <stdexcept>
#include <utility>

namespace portal::test {

SlowServer::SlowServer(std::string bytes, std::chrono::milliseconds pause)
    : bytes_(std::move(bytes)), pause_(pause), listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* generic = static_cast<sockaddr*>(static_cast<void*>(&address));
    if (::bind(listener_, generic, size) != 0 || ::listen(listener_, 8) != 0 ||
        ::getsockname(listener_, generic, &size) != 0) {
        throw std::runtime_error("slow server: no port");
    }
    port_ = ntohs(address.sin_port);
    // Signals belong to the tested thread, as in a worker that has only one.
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    thread_ = std::thread([this] { serve(); });
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

SlowServer::~SlowServer() {
    stop_ = true;
    thread_.join();
    ::close(listener_);
}

void SlowServer::serve() {
    while (!stop_) {
        pollfd waiting{listener_, POLLIN, 0};
        if (::poll(&waiting, 1, 50) <= 0) continue;
        const int client = ::accept(listener_, nullptr, nullptr);
        drip(client);
        ::close(client);
    }
}

void SlowServer::drip(int client) {
    for (std::size_t i = 0; !stop_; ++i) {
        std::this_thread::sleep_for(pause_);
        if (i >= bytes_.size()) {
            char gone = 0;
            if (::recv(client, &gone, 1, MSG_DONTWAIT) == 0) return;
            continue;
        }
        if (::send(client, &bytes_[i], 1, MSG_NOSIGNAL) != 1) return;
        ++sent_;
    }
}

}  // namespace portal::test
