#pragma once

// handlers/sources is the data sources: one folder for each, with an interface that handlers
// include (slurm_db.h, metrics.h, directory.h, storage.h, portal_db.h), its implementation, and the
// transports http, sql and ldap below them. This level has what all of them share: the gate to a
// source, its breaker, the request in hand, answers kept for all workers. May include fcgi/base and
// third-party headers; knows no handler, no view, no configuration file.

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <utility>

#include "fcgi/base/result.h"
#include "handlers/sources/breaker.h"
#include "handlers/sources/current_request.h"
#include "handlers/sources/socket_guard.h"

namespace portal {

/// Of a source's time: its server gives up a little before the portal would hang up, so that what
/// takes too long is an answer of its own and no silence.
inline constexpr double kTimeOfServer = 0.9;

/// On what terms a worker may call its sources; both outlive them.
struct SourceTerms {
    const CurrentRequest& request = kNoRequest;
    const Breaker* breaker = nullptr;  ///< null: none, nothing is counted
};

/// What each transport (HTTP, SQL, LDAP) asks before it calls its source: the breaker that all
/// workers share, and the request in hand. A source that hangs is left alone for a while instead of
/// holding every worker, and of those that wait for it when it begins to hang some give up early,
/// so that a few workers stay free. A source that was refused, or that failed in a way that makes
/// asking again useless, is not called again in the same request.
class Gate {
 public:
    /// `limit`: how long the transport itself waits for an answer.
    Gate(const SourceTerms& terms, SourceId source, Milliseconds limit = Milliseconds{0})
        : terms_(terms), source_(source), limit_(limit) {}

    /// By when the request in hand must be answered.
    [[nodiscard]] const Deadline& deadline() const { return terms_.request.deadline; }

    /// Why the source may not be called now: it gave up in this request, or there is no time left.
    [[nodiscard]] std::optional<SourceError> refusal() {
        if (terms_.request.number != request_) {
            request_ = terms_.request.number;
            gave_up_.reset();
        }
        if (!gave_up_ && deadline().passed()) {
            return SourceError{source_, Fault::Timeout, "no time left"};
        }
        return gave_up_;
    }

    /// The source is not called again in this request.
    void give_up(const SourceError& error) { gave_up_ = error; }

    /// A cheap question of the portal's own to the source, which ends within the given time, and
    /// how it failed.
    using Probe = std::function<std::optional<SourceError>(Milliseconds)>;

    /// What finds out whether a source that hung is back; without one the next call does.
    void probe_with(Probe probe) { probe_ = std::move(probe); }

    /// The result of `ask`, which returns a Result; a refusal() without a call, or a Timeout while
    /// the source is left alone. A call within a call is part of that one: counted and judged once.
    template <class Ask>
    auto call(Ask ask) -> decltype(ask()) {
        if (auto refused = refusal()) return std::move(*refused);
        if (terms_.breaker == nullptr || calling_) return ask();
        auto permit = terms_.breaker->enter(source_);
        if (!permit) {
            give_up({source_, Fault::Timeout, "left alone for a while"});
            return *gave_up_;
        }
        if (auto away = probe(*permit)) return std::move(*away);
        return judged(*permit, std::move(ask));
    }

 private:
    /// Sets the flag as long as it lives, also if the call throws.
    class Calling {
     public:
        explicit Calling(bool& flag) : flag_(flag) { flag_ = true; }
        ~Calling() { flag_ = false; }
        Calling(const Calling&) = delete;
        Calling& operator=(const Calling&) = delete;

     private:
        bool& flag_;
    };

    template <class Ask>
    auto judged(Breaker::Permit& permit, Ask ask) -> decltype(ask()) {
        const Calling calling(calling_);
        const EarlyEnd early(permit.patience(), &gives_up, &permit);
        const auto start = std::chrono::steady_clock::now();
        auto result = ask();
        const auto took = std::chrono::duration_cast<DurationHistogram::Microseconds>(
            std::chrono::steady_clock::now() - start);
        tell(permit, result.ok() ? std::nullopt : std::optional(result.error().fault), took);
        return result;
    }

    /// If this call is the one that finds out whether the source is back: asks it the portal's own
    /// question. Empty: it answers.
    std::optional<SourceError> probe(Breaker::Permit& permit) {
        if (!permit.probes() || !probe_) return std::nullopt;
        const Milliseconds time = permit.patience();
        const auto answer = judged(permit, [&]() -> Result<bool> {
            if (auto failed = probe_(time)) return std::move(*failed);
            return true;
        });
        if (answer.ok() || says_it_is_there(answer.error().fault)) return std::nullopt;
        give_up(answer.error());
        return gave_up_;
    }

    void tell(Breaker::Permit& permit, std::optional<Fault> fault,
              DurationHistogram::Microseconds took) const {
        terms_.breaker->count(source_, fault, took);
        const auto waited = std::chrono::duration_cast<Milliseconds>(took);
        if (!fault || says_it_is_there(*fault)) {
            permit.success(waited);
        } else if (*fault != Fault::Timeout || !deadline().passed() || waited * 2 >= limit_) {
            if (*fault == Fault::Timeout && waited >= permit.patience())
                terms_.request.was_held_up();
            permit.failure(waited);
        }
        // What is left was ended because this request was late, which says nothing of the source.
    }

    static bool gives_up(const void* permit) {
        return static_cast<const Breaker::Permit*>(permit)->give_up();
    }

    SourceTerms terms_;
    SourceId source_;
    Milliseconds limit_;
    std::uint64_t request_ = 0;  ///< the one that gave_up_ belongs to
    std::optional<SourceError> gave_up_;
    bool calling_ = false;
    Probe probe_;
};

}  // namespace portal
