#include "handlers/sources/shared_gate.h"

#include <algorithm>
#include <chrono>

namespace portal {
namespace {

using std::chrono::steady_clock;

/// Between two looks at whether the wait should end.
constexpr Milliseconds kLook{200};

}  // namespace

bool SharedGate::enter() {
    if (request_ != terms_.request.number) {
        request_ = terms_.request.number;
        hangs_ = false;
    }
    const bool first = open_++ == 0;
    if (terms_.breaker == nullptr) return true;
    if (first && !permit_ && !hangs_) {
        permit_ = terms_.breaker->enter(source_);
        if (permit_) {
            began_ = steady_clock::now();
            next_look_ = began_ + permit_->patience() / 2;
        }
    }
    return permit_.has_value();
}

bool SharedGate::probed(std::optional<Fault> fault, Milliseconds took) {
    count(fault, took);
    if (!fault) {
        permit_->success(took);
        return true;
    }
    hangs_ = true;
    permit_->failure(took);
    permit_.reset();
    return false;
}

SharedGate::SteadyTime SharedGate::next_look() {
    if (!permit_) return SteadyTime::max();
    const SteadyTime now = steady_clock::now();
    if (next_look_ <= now) next_look_ = now + kLook;
    return next_look_;
}

bool SharedGate::gives_up() {
    const bool patient = permit_ && steady_clock::now() < began_ + permit_->patience();
    hangs_ = hangs_ || (permit_ && !patient && permit_->give_up());
    return hangs_;
}

void SharedGate::answered() const {
    if (permit_) permit_->answered();
}

void SharedGate::judge(std::optional<Fault> fault, Milliseconds waited, Milliseconds timeout) {
    if (!fault) {
        slowest_answer_ = std::max(slowest_answer_.value_or(Milliseconds{0}), waited);
    } else if (*fault != Fault::Timeout || hangs_ || waited * 2 >= timeout) {
        slowest_failure_ = std::max(slowest_failure_.value_or(Milliseconds{0}), waited);
    }
}

void SharedGate::leave() {
    if (--open_ == 0) settle();
}

void SharedGate::settle() {
    open_ = 0;
    if (permit_ && slowest_answer_) {
        permit_->success(std::max(*slowest_answer_, slowest_failure_.value_or(Milliseconds{0})));
    } else if (permit_ && slowest_failure_) {
        hangs_ = hangs_ || *slowest_failure_ >= permit_->patience();
        if (hangs_) terms_.request.was_held_up();
        permit_->failure(*slowest_failure_);
    }
    permit_.reset();
    slowest_answer_.reset();
    slowest_failure_.reset();
}

void SharedGate::count(std::optional<Fault> fault, Milliseconds took) const {
    if (terms_.breaker != nullptr) terms_.breaker->count(source_, fault, took);
}

}  // namespace portal
