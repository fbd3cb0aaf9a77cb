#pragma once

#include <sys/types.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "fcgi/base/duration_histogram.h"
#include "fcgi/base/shared_array.h"
#include "fcgi/base/units.h"
#include "fcgi/server/head_gate.h"

namespace portal {

/// What requests are counted by: method (HEAD counts as GET) and pattern of the route; empty: those
/// that no route serves.
struct CountedRoute {
    std::string method;
    std::string pattern;
    auto operator<=>(const CountedRoute&) const = default;
};

/// The requests of one route so far.
struct RouteCounts {
    CountedRoute route;
    std::map<int, std::uint64_t> by_status;  ///< only those that occurred
    DurationHistogram::Counts durations;
};

/// What the workers of a pool did, counted in memory that they share. Made before the fork; begins
/// anew when the program is replaced.
class PoolMeter {
 public:
    /// `workers`: how many the pool shall have; `started`: now. Throws std::system_error if there
    /// is no memory.
    PoolMeter(std::vector<CountedRoute> routes, unsigned workers, Instant started);

    /// In a worker, once: it takes a place for itself.
    void worker_started();
    /// In a worker, around each request.
    void request_began();
    void request_ended(const CountedRoute& route, int status, DurationHistogram::Microseconds took);
    /// In a worker: a connection was closed before a request came out of it.
    void connection_refused(Arrival how) { shared_[0].refused.at(static_cast<std::size_t>(how))++; }
    /// In the supervisor: a worker ended that was not asked to.
    void worker_died() { shared_[0].deaths.fetch_add(1); }

    [[nodiscard]] unsigned workers() const { return workers_; }
    /// Workers that have a request in hand now; dead ones do not count.
    [[nodiscard]] unsigned busy() const;
    [[nodiscard]] std::uint64_t refused(Arrival how) const {
        return shared_[0].refused.at(static_cast<std::size_t>(how)).load();
    }
    [[nodiscard]] std::uint64_t deaths() const { return shared_[0].deaths.load(); }
    [[nodiscard]] Instant started() const { return started_; }
    /// Routes that were requested, in the order they were given.
    [[nodiscard]] std::vector<RouteCounts> requests() const;

 private:
    static constexpr int kLeastStatus = 100;
    static constexpr std::size_t kStatuses = 500;

    struct Shared {
        std::atomic<std::uint64_t> deaths{0};
        std::array<std::atomic<std::uint64_t>, 6> refused{};  ///< by Arrival
    };
    struct Place {
        std::atomic<pid_t> worker{0};
        std::atomic<bool> busy{false};
    };
    struct Requests {
        std::array<std::atomic<std::uint64_t>, kStatuses> by_status{};
        DurationHistogram durations;
    };

    std::vector<CountedRoute> routes_;
    unsigned workers_;
    Instant started_;
    SharedArray<Shared> shared_;
    SharedArray<Place> places_;
    SharedArray<Requests> requests_;  ///< by route, and one more for those without
    Place* own_ = nullptr;            ///< of this worker
};

}  // namespace portal
