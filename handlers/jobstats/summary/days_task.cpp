#include "handlers/jobstats/summary/days_task.h"

#include <algorithm>

#include "handlers/sources/own/summaries/day_db.h"

namespace portal::jobstats {
namespace {

using background::Step;
using database::Day;
using database::Days;
using database::Lease;
using database::TaskState;

constexpr Milliseconds kStepTime{12'000};
constexpr Seconds kPeriod{60};
/// Days that one step compares.
constexpr Day kStretch = 10;

/// The place is the first day that is not compared yet, in seconds, and how many times all were.
class DaysTask final : public background::Task {
 public:
    DaysTask(Context& context, CurrentRequest& request) : context_(context), request_(request) {}

    [[nodiscard]] std::string_view name() const override { return "days"; }
    [[nodiscard]] Seconds period() const override { return kPeriod; }

    Step step(const Lease& lease, TaskState& state) override {
        request_.begin(Deadline::in(kStepTime));
        const auto due = days().due(next_);
        if (!due.ok()) return away(due.error());
        if (due.value()) return make(*due.value(), lease, state);
        // Each day once in a period, however often its summaries change.
        if (next_ == 0) return compare(lease, state);
        next_ = 0;
        return compare(lease, state);
    }

 private:
    database::DayDb& days() { return context_.portal_db.days(); }

    static Step away(const SourceError& error) {
        Step step;
        step.away = error;
        return step;
    }

    Step make(Day day, const Lease& lease, TaskState& state) {
        const auto made = days().make(day, lease);
        // A day that cannot be made stays due, and holds no other up.
        next_ = day + 1;
        if (!made.ok()) return away(made.error());
        state.done += made.value() ? 1 : 0;
        Step step;
        step.more = true;
        step.lease_over = !made.value();
        return step;
    }

    Step compare(const Lease& lease, TaskState& state) {
        const auto first = days().first();
        if (!first.ok()) return away(first.error());
        if (!first.value()) return {};
        const Day today = database::day_of(context_.clock.now());
        const Day from =
            std::max(static_cast<Day>(state.place.end / kSecondsOfDay), *first.value());
        const Days some{from, std::min(from + kStretch, today + 1)};
        const auto unequal = days().check(some, lease);
        if (!unequal.ok()) return away(unequal.error());
        const bool through = some.to > today;
        if (through) ++state.place.row;
        state.place.end = through ? 0 : unsigned_unix_seconds(database::beginning_of(some.to));
        Step step;
        step.more = unequal.value() > 0 || (state.place.row == 0 && !through);
        return step;
    }

    static constexpr std::uint64_t kSecondsOfDay = kDay.count();

    Context& context_;
    CurrentRequest& request_;
    Day next_ = 0;  ///< days before it have been made in this turn
};

}  // namespace

std::unique_ptr<background::Task> days_task(Context& context, CurrentRequest& request) {
    return std::make_unique<DaysTask>(context, request);
}

}  // namespace portal::jobstats
