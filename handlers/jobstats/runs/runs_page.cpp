#include "handlers/jobstats/runs/runs_page.h"

#include <algorithm>

#include "fcgi/base/text.h"
#include "fcgi/http/http_error.h"
#include "handlers/access/person.h"
#include "handlers/days/sums.h"
#include "handlers/jobs/job_text.h"
#include "handlers/jobstats/runs/past_run.h"
#include "handlers/jobstats/script/job_script.h"
#include "handlers/jobstats/summary/kept.h"
#include "handlers/jobstats/summary/make.h"
#include "handlers/jobstats/summary/summarize.h"
#include "handlers/page/errors.h"
#include "handlers/page/frame.h"
#include "handlers/page/links.h"

namespace portal::jobstats {
namespace {

using database::RunsOf;
using database::Summary;

constexpr std::uint32_t kMostAccounts = 20;
constexpr std::size_t kLongestName = 255;

/// Throws HttpError 400 for a name that no job has.
std::string name_of(const std::string& asked) {
    if (asked.size() > kLongestName) {
        throw HttpError(400, views::sentence("The address names no kind of job.").id);
    }
    return text::to_utf8(asked);
}

views::Share share(std::string_view measure, const JobFacts& facts) {
    const JobMeasure& one = job_measure(measure);
    return facts.run.job.run_known() && applies(one, facts) ? share_of(one, facts) : views::Share{};
}

views::RunRow row_of_run(const PastRun& run, const std::string& owner, const Site& site) {
    slurm::Job job = run.run().job;
    job.superseded = true;  // the link leads to this very attempt
    const Summary& summary = run.summary();
    const JobFacts facts = run.facts();
    return {.number = job_number(job),
            .link = job_link(site, owner, job),
            .state = job.state,
            .state_number = job.state_number,
            .ended = *job.ended,
            .ran = run.run().job.run_known() ? std::optional(run.run().ran_since_start())
                                             : std::nullopt,
            .limit = job.time_limit,
            .cores = summary.cores,
            .memory = summary.memory,
            .gpus = summary.gpus,
            .time_share = share("time", facts),
            .cores_share = share("cores", facts),
            .memory_share = share("memory", facts),
            .gpu_share = share("gpu", facts),
            .wasted_core_hours = hours_of(summary.wasted_core_s),
            .wasted_gpu_hours = hours_of(summary.wasted_gpu_s),
            .wasted_cost = summary.wasted_cost};
}

/// The newest run that advice can begin with; nullptr: none.
const PastRun* newest_whole(const std::vector<PastRun>& runs) {
    const auto found = std::find_if(runs.begin(), runs.end(), [](const PastRun& run) {
        return need_of(run.values(), run.facts()).whole;
    });
    return found == runs.end() ? nullptr : &*found;
}

/// What to change in the script of the newest run. Errors: any Fault of Slurm's database, which has
/// the script or knows whose it is.
Result<views::NextTime> next_time(const PastRun& newest, const std::vector<PastRun>& runs,
                                  const RunsOf& kind, Context& context) {
    const auto row = row_of(newest.summary(), context);
    if (!row.ok()) return row.error();
    std::vector<std::string> script;
    slurm::Job job = newest.run().job;
    if (row.value()) {
        job = *row.value();
        const auto attempts = attempts_with(job, context);
        if (!attempts.ok()) return attempts.error();
        if (attempts.value()) {
            auto lines = script_lines(*attempts.value(), context);
            if (!lines.ok()) return lines.error();
            script = std::move(lines).value();
        }
    }
    JobRun run = run_of(job, context.site, context.clock.now());
    const Measures measures = measures_of(newest.summary(), run);
    const JobFacts facts{run, measures, context.site};
    const Values values = values_of(facts, {});
    views::NextTime next = next_time_of(findings_of(values, job.partition, context.site), values,
                                        facts, options_of(script, job.submit_line, job.het_offset),
                                        {needs_beside(job, runs), kind.stem, {}});
    next.of_newest = true;
    return next;
}

void fill_runs(views::RunsPage& page, const std::vector<PastRun>& runs, const RunsOf& kind,
               Context& context) {
    for (const PastRun& run : runs) {
        page.runs.push_back(row_of_run(run, page.owner, context.site));
    }
    page.cut = runs.size() >= kRunsRead;
    const PastRun* const newest = newest_whole(runs);
    page.measured = newest != nullptr;
    if (newest == nullptr) return;
    auto next = next_time(*newest, runs, kind, context);
    page.advice_missing = !next.ok();
    if (!next.ok()) return log_missing(next.error());
    page.next_time = std::move(next).value();
}

/// The kind that the address names, and which accounts have runs of it.
Result<RunsOf> find_kind(views::RunsPage& page, const Request& request, RunsOf kind,
                         Context& context) {
    const auto accounts = context.portal_db.summaries().accounts(kind, kMostAccounts);
    if (!accounts.ok()) return accounts.error();
    kind.account = text::to_utf8(request.parameter("account").value_or(""));
    if (kind.account.empty() && !accounts.value().empty()) kind.account = accounts.value().front();
    for (const std::string& account : accounts.value()) {
        const RunsOf other{kind.whose, kind.stem, account};
        page.accounts.push_back(
            {account, runs_link(context.site, page.owner, other), account == kind.account});
    }
    return kind;
}

}  // namespace

Response runs_page(const Visit& visit, Context& context) {
    if (!context.site.scripts.enabled) throw HttpError(404, "");
    const auto asked_name = visit.request.parameter("name");
    if (!asked_name) return redirect(302, user_link(context.site, visit.captures.username.value));
    const std::string name = name_of(*asked_name);
    const auto person = person_of(visit, context);
    if (!person.ok()) return source_missing_page(visit, context, person.error());
    views::RunsPage page;
    page.owner = visit.captures.username.value;
    page.frame = frame_of(visit, context.site, context.clock.now(), page.owner);
    page.name = stem_of(name);
    page.frame.crumbs = {jobs_crumb(page.frame, page.owner, user_link(context.site, page.owner)),
                         {views::sentence("Runs of “{0}”", {views::text_argument(page.name)}), {}}};
    page.currency = context.site.cost.currency;
    const RunsOf asked{whose(jobs_owner(person.value())), page.name, {}};
    const auto kind = find_kind(page, visit.request, asked, context);
    if (!kind.ok()) return source_missing_page(visit, context, kind.error());
    page.account = kind.value().account;
    const auto runs = read_runs(kind.value(), context);
    if (!runs.ok()) return source_missing_page(visit, context, runs.error());
    fill_runs(page, runs.value(), kind.value(), context);
    return context.views.render(page);
}

}  // namespace portal::jobstats
