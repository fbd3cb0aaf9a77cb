#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <thread>

namespace portal::test {

/// A server on 127.0.0.1 that accepts connections and then sends `bytes` one at a time, `pause`
/// apart, and nothing more.
class SlowServer {
 public:
    SlowServer(std::string bytes, std::chrono::milliseconds pause);
    ~SlowServer();
    SlowServer(const SlowServer&) = delete;
    SlowServer& operator=(const SlowServer&) = delete;

    [[nodiscard]] std::uint16_t port() const { return port_; }
    /// Bytes sent so far.
    [[nodiscard]] std::size_t sent() const { return sent_; }

 private:
    void serve();
    void drip(int client);

    std::string bytes_;
    std::chrono::milliseconds pause_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::atomic<bool> stop_ = false;
    std::atomic<std::size_t> sent_ = 0;
    std::thread thread_;
};

}  // namespace portal::test
