#include "handlers/jobstats/job/job_run.h"

#include <algorithm>
#include <limits>

#include "fcgi/base/text.h"
#include "fcgi/http/http_error.h"
#include "handlers/access/person.h"
#include "handlers/jobs/shares.h"

namespace portal::jobstats {
namespace {

constexpr int kFewestScrapes = 3;  // of fewer, samples say nothing of most of the run

Coverage coverage_of(const JobRun& run, const Site& site, Instant now) {
    if (!run.job.started) return Coverage::NotStarted;
    if (!site.exporters.job.enabled) return Coverage::NotMeasured;
    if (run.range.to < now - site.retention) return Coverage::PastRetention;
    if (run.range.length() < kFewestScrapes * site.exporters.job.interval) return Coverage::Short;
    return Coverage::Sampled;
}

std::size_t chosen_attempt(const Request& request, const std::vector<slurm::Job>& all) {
    const auto wanted = request.parameter("attempt");
    if (!wanted) return 0;
    const auto index = text::parse_unsigned(*wanted, std::numeric_limits<std::uint64_t>::max());
    const auto found = std::find_if(all.begin(), all.end(), [&](const slurm::Job& job) {
        return index && job.db_index == *index;
    });
    if (found == all.end()) throw HttpError(404, "");
    return static_cast<std::size_t>(found - all.begin());
}

}  // namespace

Seconds JobRun::ran() const {
    return time_it_ran(range.length(), job);
}

Seconds JobRun::ran_since_start() const {
    return time_it_ran(range.to - job.started.value_or(range.from), job);
}

JobRun run_of(const slurm::Job& job, const Site& site, Instant now) {
    JobRun run{.job = job, .range = {}, .running = job.started && !job.ended, .coverage = {}};
    if (job.started) {
        const Instant end = job.ended.value_or(now);
        const Instant began = row_began(job);
        run.range = {began, std::max(end, began)};
    }
    run.coverage = coverage_of(run, site, now);
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
    for (const std::string& node : run.job.nodes) hosts.push_back(node + ending);
    return hosts;
}

Result<Attempts> find_attempts(const Visit& visit, Context& context) {
    const Username owner = visit.captures.username;
    const JobId id = visit.captures.job_id;
    const auto uid = uid_of(visit, context);
    if (!uid.ok()) return uid.error();
    auto found = context.slurm.attempts(uid.value(), id);
    if (!found.ok()) return found.error();
    if (found.value().empty()) throw HttpError(404, "");
    Attempts attempts{uid.value(), std::move(found).value(), 0};
    attempts.chosen = chosen_attempt(visit.request, attempts.all);
    return attempts;
}

std::string attempt_query(const Attempts& attempts) {
    if (attempts.chosen == 0) return "";
    return "?attempt=" + std::to_string(attempts.job().db_index);
}

}  // namespace portal::jobstats
