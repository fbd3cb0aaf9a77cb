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

/// Keeps one person from holding all workers: half of them is the most, at least one. Counted in
/// memory that the workers share, made before the fork, without locks; dead workers do not count.
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
    };

    std::size_t most_;
    SharedArray<Place> places_;
    Place* own_ = nullptr;  ///< of this worker
};

}  // namespace portal
