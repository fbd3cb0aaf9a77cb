#include "fcgi/server/work_shares.h"

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <functional>

namespace portal {
namespace {

bool is_gone(pid_t worker) {
    return worker == 0 || kill(worker, 0) != 0;
}

}  // namespace

std::uint64_t person_of(const Request& request) {
    const std::string& login = request.identity.viewer.login.value;
    const bool reads = request.method == Method::Get || request.method == Method::Head;
    if (login.empty() && !reads) return 0;
    const std::string name = login.empty() ? "@" + request.remote_address : login;
    return std::hash<std::string>{}(name) | 1U;
}

// Twice the workers, so that one always finds a place that nobody living has.
WorkShares::WorkShares(unsigned workers)
    : most_(std::max(workers / 2, 1U)), places_(std::size_t{workers} * 2) {}

void WorkShares::worker_started() {
    for (Place& place : places_) {
        pid_t found = place.worker.load();
        if (!is_gone(found) || !place.worker.compare_exchange_strong(found, getpid())) continue;
        place.person.store(0);
        own_ = &place;
        return;
    }
}

/// Of two that begin at the same moment for the last place both may step back; each comes again.
bool WorkShares::begin(std::uint64_t person) {
    if (own_ == nullptr || person == 0) return true;
    own_->person.store(person);
    const auto working = std::count_if(places_.begin(), places_.end(), [&](const Place& place) {
        return place.person.load() == person && !is_gone(place.worker.load());
    });
    if (static_cast<std::size_t>(working) <= most_) return true;
    own_->person.store(0);
    return false;
}

void WorkShares::end() {
    if (own_ != nullptr) own_->person.store(0);
}

}  // namespace portal
