#include "handlers/jobstats/run/job_run.h"

#include <algorithm>
#include <limits>

#include "fcgi/base/text.h"
#include "fcgi/http/http_error.h"
#include "handlers/access/person.h"
#include "handlers/graphs/graph.h"
#include "handlers/jobs/shares.h"

namespace portal::jobstats {
namespace {

constexpr std::uint32_t kMostSiblings = 100;
constexpr int kFewestScrapes = 3;  // of fewer, samples say nothing of most of the run

Coverage coverage_of(const JobRun& run, const Site& site, Instant now) {
    if (!run.job.started) return Coverage::NotStarted;
    if (!run.job.run_known()) return Coverage::TimesUnknown;
    if (!site.exporters.job.enabled) return Coverage::NotMeasured;
    if (run.range.to < now - site.retention) return Coverage::PastRetention;
    if (run.range.length() < kFewestScrapes * site.exporters.job.interval) return Coverage::Short;
    return Coverage::Sampled;
}

/// Throws HttpError 404 if none of them has that index.
std::size_t place_of(std::uint64_t index, const std::vector<slurm::Job>& all) {
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const slurm::Job& job) { return job.db_index == index; });
    if (found == all.end()) throw HttpError(404, "");
    return static_cast<std::size_t>(found - all.begin());
}

std::size_t chosen_attempt(const Request& request, const std::vector<slurm::Job>& all,
                           std::size_t newest) {
    const auto wanted = request.parameter("attempt");
    if (!wanted) return newest;
    const auto index = text::parse_unsigned(*wanted, std::numeric_limits<std::uint64_t>::max());
    if (!index) throw HttpError(404, "");
    return place_of(*index, all);
}

/// `?before=`: tells arrays apart that had one number. Throws HttpError 404 if it is no moment.
std::optional<Instant> submitted_before(const Request& request) {
    const auto wanted = request.parameter("before");
    if (!wanted) return std::nullopt;
    const auto seconds = text::parse_unsigned(*wanted, std::numeric_limits<std::uint32_t>::max());
    if (!seconds) throw HttpError(404, "");
    return from_unix(static_cast<std::int64_t>(*seconds));
}

/// The job that the address names, and the row that it is if the number alone does not tell.
struct Named {
    JobId id;
    std::optional<std::uint64_t> index;
};

/// Throws HttpError 404 if it names a task that there is not.
Result<Named> named_job(const Visit& visit, const slurm::Owner& owner, Context& context) {
    const Captures& captures = visit.captures;
    if (!captures.task) return Named{captures.job_id, {}};
    const auto task = context.slurm.array_task(owner, captures.job_id, *captures.task,
                                               submitted_before(visit.request));
    if (!task.ok()) return task.error();
    if (!task.value()) throw HttpError(404, "");
    return Named{task.value()->id, task.value()->db_index};
}

}  // namespace

Seconds JobRun::ran() const {
    return time_it_ran(range.length(), job);
}

Seconds JobRun::computed() const {
    return std::max(range.length() - job.suspended, Seconds{0});
}

Seconds JobRun::ran_since_start() const {
    return std::max(range.to - job.started.value_or(range.from) - job.suspended, Seconds{0});
}

JobRun run_of(const slurm::Job& job, const Site& site, Instant now) {
    JobRun run{.job = job, .range = {}, .running = job.runs(), .coverage = {}};
    if (job.run_known()) {
        const Instant end = job.ended.value_or(now);
        const Instant began = row_began(job);
        run.range = {began, std::max(end, began)};
    } else if (job.started) {
        run.range = {*job.started, *job.started};
    }
    run.coverage = coverage_of(run, site, now);
    run.threads_per_core = site.threads_per_core;
    run.gpus_unknown = job.allocated.gpus.count == 0 && run.sampled();
    return run;
}

promql::Selector of_job(const metric::Metric& metric, const JobRun& run) {
    return promql::Selector(metric).eq("slurmjobid", run.id_text());
}

std::vector<std::string> hosts_of(const JobRun& run, const Site& site, std::string_view suffix) {
    const std::string& domain = site.exporters.node.domain;
    std::string ending(suffix);
    if (!domain.empty()) ending += "." + domain;
    std::vector<std::string> hosts;
    // Slurm may know the full name of a node.
    for (const std::string& node : run.job.nodes) {
        hosts.push_back(ending.empty() ? node : graph::node_key(node) + ending);
    }
    return hosts;
}

Result<Attempts> find_attempts(const Visit& visit, Context& context) {
    const auto person = person_of(visit, context);
    if (!person.ok()) return person.error();
    const slurm::Owner owner = jobs_owner(person.value());
    const auto named = named_job(visit, owner, context);
    if (!named.ok()) return named.error();
    const auto found = context.slurm.attempts(owner, named.value().id);
    if (!found.ok()) return found.error();
    const std::vector<slurm::Job>& rows = found.value();
    if (rows.empty()) throw HttpError(404, "");
    const std::size_t newest = named.value().index ? place_of(*named.value().index, rows) : 0;
    const std::size_t chosen = chosen_attempt(visit.request, rows, newest);
    const std::uint64_t index = rows[chosen].db_index;
    Attempts attempts{owner, slurm::one_submission(rows, chosen), 0, !owner.logins.empty(), {}};
    attempts.chosen = place_of(index, attempts.all);
    const std::size_t first = place_of(attempts.all.front().db_index, rows);
    if (first > 0) attempts.next = rows[first - 1].submitted;
    return attempts;
}

Result<std::optional<Attempts>> attempts_with(const slurm::Job& job, Context& context) {
    slurm::Owner owner{job.owner};
    if (!job.association_user.empty()) owner.logins = {job.association_user};
    const auto found = context.slurm.attempts(owner, job.id);
    if (!found.ok()) return found.error();
    const auto chosen =
        std::find_if(found.value().begin(), found.value().end(),
                     [&](const slurm::Job& one) { return one.db_index == job.db_index; });
    if (chosen == found.value().end()) return std::optional<Attempts>{};
    const auto place = static_cast<std::size_t>(chosen - found.value().begin());
    Attempts attempts{owner, slurm::one_submission(found.value(), place)};
    attempts.chosen = place_of(job.db_index, attempts.all);
    return std::optional(std::move(attempts));
}

Result<Siblings> siblings_of(const Attempts& attempts, Context& context) {
    const slurm::Job& job = attempts.job();
    if (!job.array && !job.het_job) return Siblings{};
    const bool het = job.het_job.has_value();
    auto found = het ? context.slurm.het_components(attempts.owner, job)
                     : context.slurm.array_tasks(attempts.owner, job, kMostSiblings + 2);
    if (!found.ok()) return found.error();
    Siblings siblings{std::move(found).value()};
    if (!het) {
        std::erase_if(siblings.jobs,
                      [&](const slurm::Job& other) { return other.db_index == job.db_index; });
    }
    siblings.cut = siblings.jobs.size() > kMostSiblings;
    if (siblings.cut) siblings.jobs.resize(kMostSiblings);
    return siblings;
}

}  // namespace portal::jobstats
