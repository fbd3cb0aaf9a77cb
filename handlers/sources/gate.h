#pragma once

#include <chrono>
#include <optional>

#include "fcgi/base/result.h"
#include "handlers/sources/breaker.h"
#include "handlers/sources/socket_guard.h"

namespace portal {

/// Lets the calls to one source through the breaker that all workers share: a source that hangs is
/// left alone for a while instead of holding every worker, and of those that wait for it when it
/// begins to hang some give up early, so that a few workers stay free. Once refused, a source stays
/// refused for the rest of the request.
class Gate {
 public:
    /// `breaker` outlives this.
    Gate(const Breaker& breaker, SourceId source) : breaker_(breaker), source_(source) {}

    void start_request() { refused_ = false; }

    /// The result of `ask`, which returns a Result; a Timeout without a call while the source is
    /// left alone.
    template <class Ask>
    auto call(Ask ask) -> decltype(ask()) {
        auto permit = refused_ ? std::nullopt : breaker_.enter(source_);
        if (!permit) {
            refused_ = true;
            return SourceError{source_, Fault::Timeout, "left alone for a while"};
        }
        const auto start = std::chrono::steady_clock::now();
        const EarlyEnd early(permit->patience() + Milliseconds{1}, &gives_up, &*permit);
        auto result = ask();
        const auto took = std::chrono::duration_cast<DurationHistogram::Microseconds>(
            std::chrono::steady_clock::now() - start);
        const auto fault = result.ok() ? std::nullopt : std::optional(result.error().fault);
        breaker_.count(source_, fault, took);
        const auto waited = std::chrono::duration_cast<Milliseconds>(took);
        const bool answered = !fault || *fault == Fault::Rejected;
        if (answered) {
            permit->success(waited);
        } else {
            permit->failure(waited);
        }
        return result;
    }

 private:
    static bool gives_up(const void* permit) {
        return static_cast<const Breaker::Permit*>(permit)->give_up();
    }

    const Breaker& breaker_;
    SourceId source_;
    bool refused_ = false;
};

}  // namespace portal
