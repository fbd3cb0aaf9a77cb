#include "fcgi/server/work_shares.h"

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <functional>

namespace portal {
namespace {

/// What takes longer holds up a worker; pages on a busy machine take less.
constexpr std::int64_t kLongMs = 500;
constexpr std::int64_t kRememberedMs = 2000;

std::int64_t now_ms() {
    const auto since = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
}

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

bool WorkShares::is_slow(std::uint64_t person, std::int64_t now) const {
    return std::any_of(places_.begin(), places_.end(), [&](const Place& place) {
        const bool lately = place.slow_person.load() == person && place.slow_until_ms.load() > now;
        const bool at_work = place.person.load() == person && !is_gone(place.worker.load());
        return lately || (at_work && now - place.since_ms.load() > kLongMs);
    });
}

/// Of two that begin at the same moment for the last place both may step back; each comes again.
bool WorkShares::begin(std::uint64_t person) {
    if (own_ == nullptr || person == 0) return true;
    const std::int64_t now = now_ms();
    own_->since_ms.store(now);
    own_->person.store(person);
    if (!is_slow(person, now)) return true;
    const auto working = std::count_if(places_.begin(), places_.end(), [&](const Place& place) {
        return place.person.load() == person && !is_gone(place.worker.load());
    });
    if (static_cast<std::size_t>(working) <= most_) return true;
    own_->person.store(0);
    return false;
}

void WorkShares::end() {
    if (own_ == nullptr) return;
    const std::uint64_t person = own_->person.exchange(0);
    const std::int64_t now = now_ms();
    if (person == 0 || now - own_->since_ms.load() <= kLongMs) return;
    own_->slow_person.store(person);
    own_->slow_until_ms.store(now + kRememberedMs);
}

}  // namespace portal
