#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "handlers/sources/gate.h"

namespace portal {

/// As Gate, for a transport whose calls overlap: the first of those that are open together decides
/// for all of them, and the breaker is told once how they went. A source that held up a request
/// once is not called again in it.
class SharedGate {
 public:
    using SteadyTime = Deadline::SteadyTime;

    SharedGate(const SourceTerms& terms, SourceId source) : terms_(terms), source_(source) {}
    ~SharedGate() { settle(); }
    SharedGate(const SharedGate&) = delete;
    SharedGate& operator=(const SharedGate&) = delete;

    /// By when the request in hand must be answered.
    [[nodiscard]] const Deadline& deadline() const { return terms_.request.deadline; }

    /// A call is open from now until leave(), also one that is refused: false.
    [[nodiscard]] bool enter();
    /// True if this one has to find out first, by a question of the portal's own, whether a source
    /// that hung is back; then probed() says how it went, and answers whether calls are allowed.
    [[nodiscard]] bool probes() const { return permit_ && permit_->probes(); }
    [[nodiscard]] Milliseconds patience() const { return permit_->patience(); }
    [[nodiscard]] bool probed(std::optional<Fault> fault, Milliseconds took);
    /// When a call that is waited for has to ask gives_up().
    [[nodiscard]] SteadyTime next_look();
    /// True if the wait should end now, for the sake of other workers.
    [[nodiscard]] bool gives_up();
    /// A whole answer came.
    void answered() const;
    /// True if this one should ask the portal's own question, to see whether the source is only
    /// busy; answered() tells if so.
    [[nodiscard]] bool wants_sign() const { return permit_ && permit_->wants_sign(); }
    /// How a call ended that was not refused, after how long a wait. A Timeout by the request's own
    /// late deadline is not held against the source.
    void judge(std::optional<Fault> fault, Milliseconds waited, Milliseconds timeout);
    /// A call is over.
    void leave();
    /// No call is open any more.
    void settle();

    /// Counts a call and how it ended; changes nothing else.
    void count(std::optional<Fault> fault, Milliseconds took) const;

 private:
    SourceTerms terms_;
    SourceId source_;
    std::uint64_t request_ = 0;  ///< the one that hangs_ belongs to
    bool hangs_ = false;         ///< it has held up this request once, which is enough
    std::size_t open_ = 0;
    std::optional<Breaker::Permit> permit_;
    SteadyTime began_{};
    SteadyTime next_look_{};
    std::optional<Milliseconds> slowest_failure_;
    std::optional<Milliseconds> slowest_answer_;
};

}  // namespace portal
