#include "handlers/background/loop.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "fcgi/base/log.h"

namespace portal::background {
namespace {

using log::Level;
using std::chrono::duration_cast;

/// How often a loop without the lease tries to take it, and one with it looks for work.
constexpr Milliseconds kLook{5'000};
constexpr Milliseconds kPatience{10'000};
/// How often the lease is renewed: several times within kLeaseTime.
constexpr Seconds kRenew{10};
/// How long a task rests while a source is away: longer each time.
constexpr Seconds kShortRest{10};
constexpr Seconds kLongRest{120};
constexpr unsigned kMostDoublings = 4;
/// A job that takes longer is a sign of a slow source.
constexpr Milliseconds kSlowJob{1'500};
constexpr Milliseconds kSlowRest{30'000};
constexpr Milliseconds kLongestRest{300'000};

Seconds rest_while_away(unsigned failures) {
    const unsigned doublings = std::min(failures > 0 ? failures - 1 : 0, kMostDoublings);
    return std::min(kShortRest * (1 << doublings), kLongRest);
}

std::string text_of(const SourceError& error) {
    return std::string(source_name(error.source)) + " " + fault_name(error.fault) + ": " +
           error.detail;
}

}  // namespace

Milliseconds rest_after(Milliseconds took, double share) {
    const double rest = static_cast<double>(took.count()) * (1 / share - 1);
    return std::min(Milliseconds{std::llround(std::max(rest, 0.0))}, kLongestRest);
}

Loop::Loop(Tasks tasks, database::TaskDb& db, const Clock& clock, CurrentRequest& request,
           const BackgroundSettings& settings, std::string holder)
    : db_(db), clock_(clock), request_(request), settings_(settings), holder_(std::move(holder)) {
    for (auto& task : tasks) runs_.push_back({std::move(task), {}, {}, 0});
}

Milliseconds Loop::turn() {
    if (!has_lease()) return kLook;
    const SteadyTime now = clock_.steady();
    const auto next = std::min_element(runs_.begin(), runs_.end(),
                                       [](const Run& a, const Run& b) { return a.due < b.due; });
    if (next != runs_.end() && next->due <= now && rests_until_ <= now) work(*next);
    return lease_ ? until_next() : Milliseconds{0};
}

void Loop::begin() {
    request_.begin(Deadline::in(kPatience));
}

void Loop::stop() {
    if (!lease_) return;
    begin();
    static_cast<void>(db_.end(*lease_));
    lease_.reset();
}

bool Loop::has_lease() {
    begin();
    return lease_ ? keep_lease() : take_lease();
}

bool Loop::take_lease() {
    auto taken = db_.take(database::kBackgroundLease, holder_);
    if (!taken.ok()) {
        note_away(taken.error());
        return false;
    }
    if (!taken.value()) return false;
    const auto states = db_.tasks();
    if (!states.ok()) {
        note_away(states.error());
        static_cast<void>(db_.end(*taken.value()));
        return false;
    }
    away_ = false;
    lease_ = std::move(taken).value();
    renewed_ = clock_.steady();
    for (Run& run : runs_) {
        run.state = {};
        for (const database::TaskState& state : states.value()) {
            if (state.name == run.task->name()) run.state = state;
        }
        run.state.name = run.task->name();
        run.due = renewed_;
        run.failures = 0;
    }
    log::write(Level::Information, "background.lease", {{"term", lease_->term}});
    return true;
}

bool Loop::keep_lease() {
    if (clock_.steady() - renewed_ < kRenew) return true;
    const auto kept = db_.renew(*lease_);
    if (!kept.ok()) {
        note_away(kept.error());
        // Nothing is written without a lease, so there is no use in working.
        if (clock_.steady() - renewed_ > database::kLeaseTime) lose_lease("the database is away");
        return false;
    }
    away_ = false;
    if (!kept.value()) {
        lose_lease("it was not renewed in time");
        return false;
    }
    renewed_ = clock_.steady();
    return true;
}

void Loop::lose_lease(std::string_view why) {
    log::write(Level::Warning, "background.lease_over", {{"reason", why}});
    lease_.reset();
}

void Loop::note_away(const SourceError& error) {
    if (!away_) log::write(Level::Warning, "background.no_database", {{"reason", text_of(error)}});
    away_ = true;
}

Milliseconds Loop::until_next() const {
    SteadyTime next = clock_.steady() + kLook;
    for (const Run& run : runs_) next = std::min(next, run.due);
    next = std::max(next, std::min(rests_until_, clock_.steady() + kLook));
    return std::max(duration_cast<Milliseconds>(next - clock_.steady()), Milliseconds{0});
}

void Loop::work(Run& run) {
    const SteadyTime began = clock_.steady();
    const Step step = run.task->step(*lease_, run.state);
    const auto took = duration_cast<Milliseconds>(clock_.steady() - began);
    const Milliseconds rest = rest_of(run, step, took);
    run.state.stepped = clock_.now();
    run.state.slow = step.away || is_slow(step, took);
    if (step.away) {
        run.state.error = text_of(*step.away);
        run.state.error_at = run.state.stepped;
        log::write(Level::Warning, "background.waits",
                   {{"task", run.task->name()}, {"reason", run.state.error}});
    }
    log::write(Level::Debug, "background.step",
               {{"task", run.task->name()},
                {"ms", static_cast<std::int64_t>(took.count())},
                {"jobs", step.jobs}});
    run.due = clock_.steady() +
              (step.more || step.away ? rest : std::max<Milliseconds>(rest, run.task->period()));
    rests_until_ = clock_.steady() + (step.away ? Milliseconds{0} : rest);
    if (step.lease_over) return lose_lease("somebody else has it");
    begin();
    const auto noted = db_.note(run.state, *lease_);
    if (!noted.ok()) return note_away(noted.error());
    if (!noted.value()) lose_lease("somebody else has it");
}

bool Loop::is_slow(const Step& step, Milliseconds took) const {
    return step.jobs > 0 && took / static_cast<Milliseconds::rep>(step.jobs) > kSlowJob;
}

Milliseconds Loop::rest_of(Run& run, const Step& step, Milliseconds took) const {
    run.failures = step.away ? run.failures + 1 : 0;
    const Milliseconds rest = rest_after(took, settings_.share);
    if (step.away) return std::max<Milliseconds>(rest, rest_while_away(run.failures));
    return is_slow(step, took) ? std::max(rest, kSlowRest) : rest;
}

}  // namespace portal::background
