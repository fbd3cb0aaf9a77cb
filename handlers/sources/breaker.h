#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "fcgi/base/result.h"
#include "fcgi/base/shared_array.h"
#include "fcgi/base/time.h"
#include "fcgi/base/units.h"
#include "handlers/sources/source_meter.h"

namespace portal {

/// When a source counts as failing.
struct BreakerLimits {
    unsigned failures = 3;       ///< one after the other; then it is left alone for a while
    Milliseconds pause{2000};    ///< that while; then one worker at a time may try
    Milliseconds slow{1000};     ///< so long holds up a worker; shorter failures cost nothing
    Milliseconds wary{10'000};   ///< how long the cap stays on after the last slow call
    Milliseconds lease{60'000};  ///< a place held longer than this counts as a dead worker's
};

/// Keeps a source that hangs from holding up all workers. All workers share its state, which is
/// made before the fork, in shared memory, without locks. Two rules for each source:
/// after some slow failures in a row only one worker at a time calls it, to see if it is back;
/// while it has been slow lately, nobody else may begin to wait for it once all but two of the
/// workers (at least one) have waited for more than a moment. So that the first moment of a hang
/// does not hold up all of them, those above that number are told to give up as soon as they have
/// waited too long.
/// A healthy source is never refused, nor one that fails at once: that holds up nobody. Nor one
/// that is only busy: while it answers anybody, whoever waits goes on waiting, and a question that
/// takes too long is that question's fault.
class Breaker {
 public:
    /// Permission to call a source, held while the worker waits for it. Report how it went; a
    /// permit that ends without a report counts neither way.
    class [[nodiscard]] Permit {
     public:
        Permit(Permit&& other) noexcept;
        Permit& operator=(Permit&& other) noexcept;
        Permit(const Permit&) = delete;
        Permit& operator=(const Permit&) = delete;
        ~Permit();

        /// True for the one that finds out whether a source that hung is back: the others are
        /// refused meanwhile. It should ask a question of the portal's own first, since anybody
        /// else's may be what the source cannot do.
        [[nodiscard]] bool probes() const { return probe_; }

        /// The source answered, whatever it said, after this time of waiting for it.
        void success(Milliseconds waited);
        /// It did not, or not in time.
        void failure(Milliseconds waited);
        /// A whole answer came while others are still waited for: it does not hang.
        void answered() const;
        /// True for one of those that wait, now and then, while no answer has come for a moment: it
        /// should find out by a question of the portal's own whether the source is only busy.
        [[nodiscard]] bool wants_sign() const;

        /// After this time of waiting, ask give_up() now and then.
        [[nodiscard]] Milliseconds patience() const;
        /// True if the wait should end now: the source was found to hang meanwhile, or more workers
        /// wait for it than may. Of those, the ones that can stay are never told to go.
        [[nodiscard]] bool give_up() const;

     private:
        friend class Breaker;
        Permit(const Breaker& breaker, SourceId source) : breaker_(&breaker), source_(source) {}
        void leave();
        const Breaker* breaker_;
        SourceId source_;
        std::optional<std::size_t> place_;
        std::uint64_t mark_ = 0;
        bool probe_ = false;
    };

    static constexpr std::size_t kPlaces = 256;  ///< workers that can be counted for a source

    /// Throws std::system_error if there is no memory. `clock` outlives the breaker.
    Breaker(const Clock& clock, unsigned workers, const BreakerLimits& limits = {});
    ~Breaker();

    /// Empty optional: do not call this source now.
    [[nodiscard]] std::optional<Permit> enter(SourceId source) const;

    /// Workers that hold a permit for a source; dead ones do not count.
    [[nodiscard]] std::size_t waiting(SourceId source) const;

    /// Counts a call and how it ended; changes nothing else.
    void count(SourceId source, std::optional<Fault> fault,
               DurationHistogram::Microseconds took) const;
    /// What all workers counted.
    [[nodiscard]] SourceCounts counts(SourceId source) const;
    /// True while only one worker at a time calls it.
    [[nodiscard]] bool leaves_alone(SourceId source) const;

 private:
    enum class Role { Any, Probe };
    struct Source;

    [[nodiscard]] Source& state(SourceId source) const;
    [[nodiscard]] std::optional<Permit> try_enter(SourceId source) const;
    [[nodiscard]] std::int64_t now_ms() const;
    [[nodiscard]] bool is_dead(std::uint64_t place, std::int64_t now) const;
    [[nodiscard]] std::size_t waiting_before(SourceId source, std::size_t end) const;
    [[nodiscard]] bool has_waited(std::uint64_t place, std::int64_t now, Milliseconds time) const;
    [[nodiscard]] bool is_crowded(const Source& source, std::int64_t now) const;
    [[nodiscard]] bool wary(const Source& source, std::int64_t now) const;
    [[nodiscard]] bool answers(const Source& source, std::int64_t now) const;
    [[nodiscard]] std::optional<std::size_t> take_place(Source& source, std::uint64_t mark,
                                                        std::int64_t now) const;
    void report_success(Source& source, Milliseconds waited) const;
    void report_failure(Source& source, Milliseconds waited, Role role) const;

    const Clock& clock_;
    BreakerLimits limits_;
    std::size_t cap_;
    SharedArray<Source> shared_;  ///< by SourceId
};

}  // namespace portal
