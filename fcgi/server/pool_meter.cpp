#include "fcgi/server/pool_meter.h"

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

namespace portal {
namespace {

bool is_gone(pid_t worker) {
    return worker == 0 || kill(worker, 0) != 0;
}

}  // namespace

// Twice the workers, so that one always finds a place that nobody living has.
PoolMeter::PoolMeter(std::vector<CountedRoute> routes, unsigned workers, Instant started)
    : routes_(std::move(routes)),
      workers_(workers),
      started_(started),
      shared_(1),
      places_(std::size_t{workers} * 2),
      requests_(routes_.size() + 1) {}

void PoolMeter::worker_started() {
    for (Place& place : places_) {
        pid_t found = place.worker.load();
        if (!is_gone(found) || !place.worker.compare_exchange_strong(found, getpid())) continue;
        place.busy.store(false);
        own_ = &place;
        return;
    }
}

void PoolMeter::request_began() {
    if (own_ != nullptr) own_->busy.store(true);
}

void PoolMeter::request_ended(const CountedRoute& route, int status,
                              DurationHistogram::Microseconds took) {
    if (own_ != nullptr) own_->busy.store(false);
    const auto found = std::find(routes_.begin(), routes_.end(), route);
    Requests& requests = requests_[static_cast<std::size_t>(found - routes_.begin())];
    const auto index = static_cast<std::size_t>(std::max(status - kLeastStatus, 0));
    requests.by_status[std::min(index, kStatuses - 1)].fetch_add(1, std::memory_order_relaxed);
    requests.durations.record(took);
}

unsigned PoolMeter::busy() const {
    return static_cast<unsigned>(std::count_if(
        places_.begin(), places_.end(),
        [](const Place& place) { return place.busy.load() && !is_gone(place.worker.load()); }));
}

std::vector<RouteCounts> PoolMeter::requests() const {
    std::vector<RouteCounts> all;
    for (std::size_t route = 0; route < requests_.size(); ++route) {
        RouteCounts counts;
        if (route < routes_.size()) counts.route = routes_[route];
        for (std::size_t i = 0; i < kStatuses; ++i) {
            const std::uint64_t count = requests_[route].by_status[i].load();
            if (count > 0) counts.by_status[kLeastStatus + static_cast<int>(i)] = count;
        }
        if (counts.by_status.empty()) continue;
        counts.durations = requests_[route].durations.counts();
        all.push_back(std::move(counts));
    }
    return all;
}

}  // namespace portal
