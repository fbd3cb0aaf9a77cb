#pragma once

#include <sys/types.h>

#include <atomic>
#include <cstdint>
#include <string_view>

#include "fcgi/base/shared_array.h"
#include "fcgi/http/request.h"

namespace portal {

/// Whom a request is counted for: a number made of the login, or else of the address; 0 for what
/// counts for nobody (a program's uploads).
[[nodiscard]] std::uint64_t person_of(const Request& request);

/// Keeps one person from holding all workers: while a request of somebody takes long, and for two
/// seconds after that, half of the workers is the most for that person, at least one. Quick ones
/// hold up nobody and are never counted. In memory that the workers share, made before the fork,
/// without locks; dead workers do not count.
class WorkShares {
 public:
    /// Throws std::system_error if there is no memory.
    explicit WorkShares(unsigned workers);

    /// In a worker, once: it takes a place for itself.
    void worker_started();
    /// From now on this worker works for that person; false if half of the workers do already.
    [[nodiscard]] bool begin(std::uint64_t person);
    void end();

 private:
    struct Place {
        std::atomic<pid_t> worker{0};
        std::atomic<std::uint64_t> person{0};
        std::atomic<std::int64_t> since_ms{0};
        std::atomic<std::uint64_t> slow_person{0};  ///< whose request took long here last
        std::atomic<std::int64_t> slow_until_ms{0};
    };

    [[nodiscard]] bool is_slow(std::uint64_t person, std::int64_t now) const;

    std::size_t most_;
    SharedArray<Place> places_;
    Place* own_ = nullptr;  ///< of this worker
};

}  // namespace portal
