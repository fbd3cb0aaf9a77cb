#include "handlers/sources/breaker.h"

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <utility>

namespace portal {
namespace {

constexpr std::size_t kSources = 5;  // of SourceId

/// A place is the worker's process id above and the low half of its time of entry below; 0 is free.
std::uint64_t make_place(std::int64_t now) {
    const auto pid = static_cast<std::uint64_t>(static_cast<std::uint32_t>(getpid()));
    return (pid << 32U) | static_cast<std::uint32_t>(now);
}

/// The clock's low half runs over every 49 days; differences do not care.
std::int64_t age_ms(std::uint64_t place, std::int64_t now) {
    const std::uint32_t age =
        static_cast<std::uint32_t>(now) - static_cast<std::uint32_t>(place & 0xFFFFFFFFU);
    return static_cast<std::int64_t>(age);
}

bool process_is_gone(std::uint64_t place) {
    const auto pid = static_cast<pid_t>(place >> 32U);
    // Another account's process is not a worker: the number was given away again.
    return kill(pid, 0) != 0;
}

}  // namespace

struct Breaker::Source {
    std::atomic<std::uint32_t> failures{0};
    std::atomic<std::int64_t> closed_until{0};  ///< 0: open to all
    std::atomic<std::int64_t> wary_until{0};
    std::atomic<std::int64_t> last_answer{0};
    std::atomic<std::int64_t> last_wish{0};  ///< for a sign of life
    std::array<std::atomic<std::uint64_t>, kPlaces> places{};
    SourceMeter meter;
};

static_assert(std::atomic<std::uint64_t>::is_always_lock_free);
static_assert(std::atomic<std::int64_t>::is_always_lock_free);

Breaker::Breaker(const Clock& clock, unsigned workers, const BreakerLimits& limits)
    : clock_(clock), limits_(limits), cap_(workers > 2 ? workers - 2 : 1), shared_(kSources) {}

Breaker::~Breaker() = default;

Breaker::Source& Breaker::state(SourceId source) const {
    return shared_[static_cast<std::size_t>(source)];
}

void Breaker::count(SourceId source, std::optional<Fault> fault,
                    DurationHistogram::Microseconds took) const {
    state(source).meter.asked(fault, took, clock_.now());
}

SourceCounts Breaker::counts(SourceId source) const {
    return state(source).meter.counts();
}

bool Breaker::leaves_alone(SourceId source) const {
    return state(source).closed_until.load() != 0;
}

std::int64_t Breaker::now_ms() const {
    const auto since = clock_.steady().time_since_epoch();
    // One more, so that the start of the clock is not taken for "never".
    return std::chrono::duration_cast<Milliseconds>(since).count() + 1;
}

bool Breaker::is_dead(std::uint64_t place, std::int64_t now) const {
    return age_ms(place, now) > limits_.lease.count() || process_is_gone(place);
}

std::size_t Breaker::waiting(SourceId source) const {
    return waiting_before(source, kPlaces);
}

/// Workers whose place for a source comes before this one.
std::size_t Breaker::waiting_before(SourceId source, std::size_t end) const {
    const std::int64_t now = now_ms();
    const auto first = state(source).places.begin();
    const auto last = first + static_cast<std::ptrdiff_t>(end);
    return static_cast<std::size_t>(std::count_if(first, last, [&](auto& one) {
        const std::uint64_t place = one.load();
        return place != 0 && !is_dead(place, now);
    }));
}

bool Breaker::has_waited(std::uint64_t place, std::int64_t now, Milliseconds time) const {
    return place != 0 && age_ms(place, now) > time.count() && !is_dead(place, now);
}

/// As many as may have waited for more than a moment. Those that come and go at once, while
/// somebody's long question is under way, take nobody's place.
bool Breaker::is_crowded(const Source& source, std::int64_t now) const {
    const auto waiting = std::count_if(
        source.places.begin(), source.places.end(),
        [&](const auto& one) { return has_waited(one.load(), now, limits_.slow / 4); });
    return static_cast<std::size_t>(waiting) >= cap_;
}

/// Slow lately, or somebody waits for it too long at this moment.
bool Breaker::wary(const Source& source, std::int64_t now) const {
    if (source.wary_until.load() > now) return true;
    return std::any_of(source.places.begin(), source.places.end(),
                       [&](const auto& one) { return has_waited(one.load(), now, limits_.slow); });
}

/// It said something a moment ago, to whomever: it is busy at most.
bool Breaker::answers(const Source& source, std::int64_t now) const {
    const std::int64_t last = source.last_answer.load();
    return last != 0 && now - last < limits_.slow.count();
}

std::optional<std::size_t> Breaker::take_place(Source& source, std::uint64_t mark,
                                               std::int64_t now) const {
    for (std::size_t i = 0; i < kPlaces; ++i) {
        std::uint64_t found = source.places[i].load();
        if (found != 0 && !is_dead(found, now)) continue;
        if (source.places[i].compare_exchange_strong(found, mark)) return i;
    }
    return std::nullopt;
}

std::optional<Breaker::Permit> Breaker::enter(SourceId source) const {
    auto permit = try_enter(source);
    if (!permit) state(source).meter.left_alone();
    return permit;
}

std::optional<Breaker::Permit> Breaker::try_enter(SourceId source) const {
    Source& shared = state(source);
    const std::int64_t now = now_ms();
    Permit permit(*this, source);
    std::int64_t closed_until = shared.closed_until.load();
    if (closed_until != 0) {
        if (now < closed_until) return std::nullopt;
        // Whoever wins this exchange probes; if it dies, the next one does after that time.
        const std::int64_t next = now + std::max(limits_.pause, 3 * limits_.slow).count();
        if (!shared.closed_until.compare_exchange_strong(closed_until, next)) return std::nullopt;
        permit.probe_ = true;
    }
    const bool may_hang = !permit.probe_ && !answers(shared, now);
    if (may_hang && wary(shared, now) && is_crowded(shared, now)) return std::nullopt;
    permit.mark_ = make_place(now);
    permit.place_ = take_place(shared, permit.mark_, now);
    return permit;
}

void Breaker::report_success(Source& source, Milliseconds waited) const {
    const std::int64_t now = now_ms();
    source.failures.store(0);
    source.closed_until.store(0);
    source.last_answer.store(now);
    if (waited > limits_.slow) source.wary_until.store(now + limits_.wary.count());
}

void Breaker::report_failure(Source& source, Milliseconds waited, Role role) const {
    const std::int64_t now = now_ms();
    if (waited < limits_.slow) {
        // It refuses at once: calling it costs nothing, and it may be back at any time.
        source.failures.store(0);
        source.closed_until.store(0);
        return;
    }
    source.wary_until.store(now + limits_.wary.count());
    if (role == Role::Any && answers(source, now)) return;
    const std::uint32_t count = source.failures.fetch_add(1) + 1;
    if (role == Role::Probe || count >= limits_.failures) {
        source.closed_until.store(now + limits_.pause.count());
    }
}

Breaker::Permit::Permit(Permit&& other) noexcept
    : breaker_(std::exchange(other.breaker_, nullptr)),
      source_(other.source_),
      place_(other.place_),
      mark_(other.mark_),
      probe_(other.probe_) {}

Breaker::Permit& Breaker::Permit::operator=(Permit&& other) noexcept {
    if (this == &other) return *this;
    leave();
    source_ = other.source_;
    place_ = other.place_;
    mark_ = other.mark_;
    probe_ = other.probe_;
    breaker_ = std::exchange(other.breaker_, nullptr);
    return *this;
}

Breaker::Permit::~Permit() {
    leave();
}

void Breaker::Permit::leave() {
    if (breaker_ == nullptr) return;
    Source& shared = breaker_->state(source_);
    // After a long stop of this process the place may be another worker's.
    if (place_) shared.places[*place_].compare_exchange_strong(mark_, 0);
    // Nothing was learned, so the next one may try at once.
    if (probe_) shared.closed_until.store(breaker_->now_ms());
}

Milliseconds Breaker::Permit::patience() const {
    return breaker_->limits_.slow;
}

bool Breaker::Permit::give_up() const {
    if (probe_ || !place_) return false;
    const Source& shared = breaker_->state(source_);
    if (shared.closed_until.load() != 0) return true;
    if (breaker_->answers(shared, breaker_->now_ms())) return false;
    return breaker_->waiting_before(source_, *place_) >= breaker_->cap_;
}

void Breaker::Permit::success(Milliseconds waited) {
    probe_ = false;
    breaker_->report_success(breaker_->state(source_), waited);
}

void Breaker::Permit::answered() const {
    Source& shared = breaker_->state(source_);
    shared.last_answer.store(breaker_->now_ms());
}

bool Breaker::Permit::wants_sign() const {
    Source& shared = breaker_->state(source_);
    const std::int64_t now = breaker_->now_ms();
    const std::int64_t quiet = breaker_->limits_.slow.count() / 2;
    std::int64_t last = shared.last_wish.load();
    if (now - shared.last_answer.load() < quiet || now - last < quiet) return false;
    return shared.last_wish.compare_exchange_strong(last, now);
}

void Breaker::Permit::failure(Milliseconds waited) {
    breaker_->report_failure(breaker_->state(source_), waited, probe_ ? Role::Probe : Role::Any);
    probe_ = false;
}

}  // namespace portal
