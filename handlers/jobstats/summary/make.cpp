#include "handlers/jobstats/summary/make.h"

#include "handlers/jobstats/advice/values.h"
#include "handlers/jobstats/script/job_script.h"
#include "handlers/jobstats/summary/kept.h"
#include "handlers/jobstats/summary/summarize.h"
#include "handlers/sources/prometheus/exporters.h"

namespace portal::jobstats {
namespace {

using prometheus::Ticket;

/// What its rules need beside what was measured.
Result<Surroundings> surroundings_of(const slurm::Job& job, Context& context) {
    const auto attempts = attempts_with(job, context);
    if (!attempts.ok()) return attempts.error();
    if (!attempts.value()) return Surroundings{};
    const auto lines = script_lines(*attempts.value(), context);
    if (!lines.ok()) return lines.error();
    const auto siblings = siblings_of(*attempts.value(), context);
    if (!siblings.ok()) return siblings.error();
    return Surroundings{scan_script(lines.value()), siblings.value().jobs.size()};
}

promql::Expr total_of(const metric::Metric& metric, const JobRun& run) {
    promql::Selector all(metric);
    all.eq("jobid", run.id_text());
    const promql::Expr each =
        promql::max_by({"fs", "target", "user"}, all.increase(run.range.length()));
    return promql::sum(each);
}

/// Bytes on shared file systems, each target once though it may be served at two places.
std::optional<Ticket> ask_traffic(const JobRun& run, Context& context) {
    if (!run.sampled() || !context.site.exporters.lustre.enabled) return std::nullopt;
    const promql::Expr both =
        promql::either({promql::tagged("read", total_of(metric::kLustreRead, run)),
                        promql::tagged("written", total_of(metric::kLustreWrite, run))});
    return context.metrics.ask({both, prometheus::Grid::at_instant(run.range.to)});
}

Result<Traffic> collect_traffic(const std::optional<Ticket>& ticket, Context& context) {
    Traffic traffic;
    if (!ticket) return traffic;
    const auto answer = context.metrics.collect(*ticket);
    if (!answer.ok()) return answer.error();
    for (const prometheus::Series& series : answer.value().series) {
        (series.label("part") == "read" ? traffic.read : traffic.written) = series.values.at(0);
    }
    return traffic;
}

database::Summary summary_of(const JobFacts& facts, const Surroundings& around, Traffic traffic,
                             std::string login, Instant now) {
    const Values values = values_of(facts, around);
    const auto findings = findings_of(values, facts.run.job.partition, facts.site);
    return summarize({facts, findings, traffic, std::move(login)}, now);
}

}  // namespace

database::Whose whose(const slurm::Owner& owner) {
    database::Whose whose{{}, owner.uid};
    for (const std::string& login : owner.logins) {
        whose.logins.push_back(slurm::plain_login(login));
    }
    return whose;
}

Result<std::string> login_of(const slurm::Job& job, Context& context) {
    if (!job.association_user.empty()) return slurm::plain_login(job.association_user);
    const auto person = context.directory.by_uid(job.owner);
    if (!person.ok()) return person.error();
    return person.value() ? slurm::plain_login(person.value()->login.value) : std::string{};
}

Result<std::optional<slurm::Job>> row_of(const database::Summary& summary, Context& context) {
    const auto found = context.slurm.rows(slurm::Owner{Uid{summary.id_user}}, {summary.job_db_inx});
    if (!found.ok()) return found.error();
    if (found.value().empty() || !is_of(summary, found.value().front())) {
        return std::optional<slurm::Job>{};
    }
    return std::optional(found.value().front());
}

Result<database::Summary> make_summary(const slurm::Job& job, Context& context) {
    JobRun run = run_of(job, context.site, context.clock.now());
    const MeasureTickets tickets = ask_measures(run, context);
    const auto traffic_ticket = ask_traffic(run, context);
    auto login = login_of(job, context);
    if (!login.ok()) return login.error();
    const auto around = surroundings_of(job, context);
    if (!around.ok()) return around.error();
    const Measures measures = collect_measures(tickets, run, context);
    if (measures.missing) return *measures.missing;
    if (measures.steps_missing) return *measures.steps_missing;
    const auto traffic = collect_traffic(traffic_ticket, context);
    if (!traffic.ok()) return traffic.error();
    const JobFacts facts{run, measures, context.site};
    return summary_of(facts, around.value(), traffic.value(), std::move(login).value(),
                      context.clock.now());
}

Result<database::Summary> judge_again(const database::Summary& kept, const slurm::Job& job,
                                      Context& context) {
    const auto around = surroundings_of(job, context);
    if (!around.ok()) return around.error();
    JobRun run = run_of(job, context.site, context.clock.now());
    const Measures measures = measures_of(kept, run);
    const JobFacts facts{run, measures, context.site};
    const Values values = values_of(facts, around.value());
    database::Summary again = kept;
    judge(again, facts, findings_of(values, job.partition, context.site));
    return again;
}

}  // namespace portal::jobstats
