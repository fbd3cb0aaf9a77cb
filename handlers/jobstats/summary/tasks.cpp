#include "handlers/jobstats/summary/tasks.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <map>
#include <utility>

#include "fcgi/base/log.h"
#include "handlers/jobstats/summary/days_task.h"
#include "handlers/jobstats/summary/kept.h"
#include "handlers/jobstats/summary/make.h"
#include "handlers/jobstats/summary/summarize.h"
#include "handlers/sources/own/summaries/summary_db.h"
#include "handlers/sources/prometheus/exporters.h"

namespace portal::jobstats {
namespace {

using background::Step;
using database::Lease;
using database::TaskState;

/// What one job may take, its questions to all sources together.
constexpr Milliseconds kJobTime{12'000};
/// No further job is begun in a step after this.
constexpr Milliseconds kStepTime{5'000};
constexpr int kMostTries = 3;
/// How far back rows are looked for that came or changed after their turn.
constexpr Seconds kLateWindow = kDay;
constexpr Seconds kPeriod{30};
constexpr Seconds kLatePeriod{600};
constexpr Seconds kPrunePeriod = kHour;
constexpr std::uint32_t kLateRows = 500;
constexpr std::uint32_t kPruned = 2'000;

/// The moment up to which jobs have their last samples.
Instant horizon_of(const Context& context) {
    return context.clock.now() - context.site.background.delay;
}

slurm::EndedPlace slurm_place(const database::EndPlace& place) {
    return {place.end, place.row};
}

database::EndPlace own_place(const slurm::EndedPlace& place) {
    return {place.end, place.db_index};
}

database::EndPlace place_of(const slurm::Job& job) {
    return {static_cast<std::uint64_t>(job.position.ended), job.db_index};
}

/// Works at rows in their order until one must wait for a source, the time is over, or all are
/// done; then `through` is true.
struct Batch {
    Step step;
    bool through = false;
    std::optional<database::EndPlace> done_to{};
};

Batch keep_all(SummaryMaker& maker, const std::vector<slurm::Job>& jobs, const Lease& lease,
               TaskState& state, const Clock& clock) {
    Batch batch;
    const auto end = clock.steady() + kStepTime;
    for (const slurm::Job& job : jobs) {
        if (batch.step.jobs > 0 && clock.steady() >= end) return batch;
        const SummaryMaker::Outcome outcome = maker.keep(job, lease);
        ++batch.step.jobs;
        batch.step.away = outcome.away;
        batch.step.lease_over = outcome.lease_over;
        if (!outcome.kept) return batch;
        ++state.done;
        if (outcome.unreadable) ++state.failed;
        batch.done_to = place_of(job);
    }
    batch.through = true;
    return batch;
}

/// Jobs in the order of their end, each once.
class NewSummaries final : public background::Task {
 public:
    NewSummaries(Context& context, CurrentRequest& request)
        : context_(context), maker_(context, request) {}

    [[nodiscard]] std::string_view name() const override { return "summaries"; }
    [[nodiscard]] Seconds period() const override { return kPeriod; }

    Step step(const Lease& lease, TaskState& state) override {
        maker_.begin();
        const Instant horizon = horizon_of(context_);
        if (state.place.end == 0) state.place.end = unsigned_unix_seconds(horizon - kLateWindow);
        const auto slice =
            context_.slurm.ended(slurm_place(state.place), horizon, context_.site.background.jobs);
        if (!slice.ok()) return away(slice.error());
        const auto lacking = maker_.lacking(slice.value().jobs);
        if (!lacking.ok()) return away(lacking.error());
        const Batch batch = keep_all(maker_, lacking.value(), lease, state, context_.clock);
        Step step = batch.step;
        if (batch.through) {
            state.place = own_place(slice.value().reached);
        } else if (batch.done_to) {
            state.place = *batch.done_to;
        }
        step.more = !batch.through || slice.value().more;
        tell_behind(state, step.more, horizon);
        return step;
    }

 private:
    Step away(const SourceError& error) {
        Step step;
        step.away = error;
        return step;
    }

    void tell_behind(TaskState& state, bool more, Instant horizon) {
        state.behind_s = 0;
        state.behind_jobs = 0;
        if (!more) return;
        const std::uint64_t to = unsigned_unix_seconds(horizon);
        state.behind_s = to > state.place.end ? to - state.place.end : 0;
        maker_.begin();
        const auto left = context_.slurm.ended_count(
            from_unix(static_cast<std::int64_t>(state.place.end)), horizon);
        state.behind_jobs = left.ok() ? std::optional(left.value()) : std::nullopt;
    }

    Context& context_;
    SummaryMaker maker_;
};

/// Rows that ended lately and have no summary, or one of another state: slurmdbd wrote them late,
/// or somebody mended them. Goes through the window again and again.
class LateSummaries final : public background::Task {
 public:
    LateSummaries(Context& context, CurrentRequest& request)
        : context_(context), maker_(context, request) {}

    [[nodiscard]] std::string_view name() const override { return "late"; }
    [[nodiscard]] Seconds period() const override { return kLatePeriod; }

    Step step(const Lease& lease, TaskState& state) override {
        maker_.begin();
        Step step;
        const auto frontier = frontier_place();
        if (!frontier.ok()) {
            step.away = frontier.error();
            return step;
        }
        const Instant until = from_unix(static_cast<std::int64_t>(frontier.value()));
        const std::uint64_t first = unsigned_unix_seconds(until - kLateWindow);
        if (state.place.end < first) state.place = {first, 0};
        const auto slice = context_.slurm.ended(slurm_place(state.place), until, kLateRows);
        const auto lacking = slice.ok() ? maker_.lacking(slice.value().jobs)
                                        : Result<std::vector<slurm::Job>>(slice.error());
        if (!lacking.ok()) {
            step.away = lacking.error();
            return step;
        }
        const Batch batch = keep_all(maker_, lacking.value(), lease, state, context_.clock);
        step = batch.step;
        if (!batch.through) {
            step.more = true;
            return step;
        }
        step.more = slice.value().more;
        state.place = step.more ? own_place(slice.value().reached) : database::EndPlace{first, 0};
        return step;
    }

 private:
    /// How far the other task has come: what is behind that has had its turn.
    Result<std::uint64_t> frontier_place() {
        const auto states = context_.portal_db.tasks().tasks();
        if (!states.ok()) return states.error();
        for (const TaskState& state : states.value()) {
            if (state.name == "summaries") return state.place.end;
        }
        return std::uint64_t{0};
    }

    Context& context_;
    SummaryMaker maker_;
};

/// Summaries that are older than the site wants.
class Prune final : public background::Task {
 public:
    Prune(Context& context, CurrentRequest& request) : context_(context), request_(request) {}

    [[nodiscard]] std::string_view name() const override { return "prune"; }
    [[nodiscard]] Seconds period() const override { return kPrunePeriod; }

    Step step(const Lease& lease, TaskState& state) override {
        request_.begin(Deadline::in(kJobTime));
        const Seconds kept = kDay * static_cast<Seconds::rep>(context_.site.background.keep_days);
        const auto gone =
            context_.portal_db.summaries().prune(context_.clock.now() - kept, kPruned, lease);
        Step step;
        if (!gone.ok()) {
            step.away = gone.error();
            return step;
        }
        state.done += gone.value();
        step.more = gone.value() >= kPruned;
        return step;
    }

 private:
    Context& context_;
    CurrentRequest& request_;
};

}  // namespace

void SummaryMaker::begin() {
    request_.begin(Deadline::in(kJobTime));
}

Result<std::vector<slurm::Job>> SummaryMaker::lacking(const std::vector<slurm::Job>& jobs) {
    std::vector<std::uint64_t> rows;
    for (const slurm::Job& job : jobs) rows.push_back(job.db_index);
    const auto marks = context_.portal_db.summaries().marks(rows);
    if (!marks.ok()) return marks.error();
    std::map<std::uint64_t, const database::SummaryMark*> by_row;
    for (const database::SummaryMark& mark : marks.value()) by_row[mark.job_db_inx] = &mark;
    std::vector<slurm::Job> left;
    std::copy_if(jobs.begin(), jobs.end(), std::back_inserter(left), [&](const slurm::Job& job) {
        const auto found = by_row.find(job.db_index);
        return found == by_row.end() || !is_of(*found->second, job);
    });
    return left;
}

Result<database::Summary> SummaryMaker::made(const slurm::Job& job) {
    try {
        return make_summary(job, context_);
    } catch (const std::exception& mistake) {
        return SourceError{SourceId::Portal, Fault::Malformed, mistake.what()};
    }
}

SummaryMaker::Outcome SummaryMaker::keep(const slurm::Job& job, const Lease& lease) {
    begin();
    const auto summary = made(job);
    if (summary.ok()) {
        tries_.erase(job.db_index);
        return write(summary.value(), lease);
    }
    const SourceError& error = summary.error();
    if (!is_of_the_job(error)) return {.away = error};
    const int tries = ++tries_[job.db_index];
    log::write(log::Level::Warning, "summary.unreadable",
               {{"row", job.db_index}, {"tries", tries}, {"reason", error.detail}});
    if (tries < kMostTries) return {.away = error};
    begin();
    const auto login = login_of(job, context_);
    if (!login.ok()) return {.away = login.error()};
    Outcome outcome =
        write(summarize_row(job, login.value(), context_.site, context_.clock.now()), lease);
    outcome.unreadable = outcome.kept;
    if (outcome.kept) tries_.erase(job.db_index);
    return outcome;
}

SummaryMaker::Outcome SummaryMaker::write(const database::Summary& summary, const Lease& lease) {
    const auto written = context_.portal_db.summaries().write(summary, lease);
    if (!written.ok()) return {.away = written.error()};
    return {.kept = written.value(), .lease_over = !written.value()};
}

bool SummaryMaker::is_of_the_job(const SourceError& error) {
    const bool ended = error.fault == Fault::TooLong || error.fault == Fault::Malformed;
    if (error.source != SourceId::Prometheus) return ended;
    // A cheap question tells whether it is there.
    begin();
    const auto sign = context_.metrics.collect(
        context_.metrics.ask({promql::Selector(metric::kMemoryUsage).eq("slurmjobid", "0").now(),
                              prometheus::Grid::at_instant(context_.clock.now())}));
    return sign.ok();
}

background::Tasks summary_tasks(Context& context, CurrentRequest& request) {
    background::Tasks tasks;
    tasks.push_back(std::make_unique<NewSummaries>(context, request));
    tasks.push_back(std::make_unique<LateSummaries>(context, request));
    tasks.push_back(days_task(context, request));
    if (context.site.background.keep_days > 0) {
        tasks.push_back(std::make_unique<Prune>(context, request));
    }
    return tasks;
}

}  // namespace portal::jobstats
