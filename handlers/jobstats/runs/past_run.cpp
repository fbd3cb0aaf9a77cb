#include "handlers/jobstats/runs/past_run.h"

#include <algorithm>

#include "fcgi/base/url.h"
#include "handlers/jobs/job_text.h"
#include "handlers/jobstats/summary/kept.h"
#include "handlers/jobstats/summary/make.h"
#include "handlers/jobstats/summary/summarize.h"
#include "handlers/page/errors.h"

namespace portal::jobstats {

using database::RunsOf;

PastRun::PastRun(const database::Summary& summary, const Context& context)
    : summary_(summary),
      run_(run_of(job_of(summary), context.site, context.clock.now())),
      measures_(measures_of(summary, run_)),
      site_(&context.site) {}

std::vector<Need> needs_beside(const slurm::Job& self, const std::vector<PastRun>& runs) {
    std::vector<Need> needs;
    for (const PastRun& run : runs) {
        if (needs.size() + 1 >= kRunsCounted) break;
        if (run.summary().job_db_inx == self.db_index) continue;
        const Need need = need_of(run.values(), run.facts());
        if (need.whole) needs.push_back(need);
    }
    return needs;
}

Result<std::vector<PastRun>> read_runs(const RunsOf& kind, Context& context) {
    const auto found = context.portal_db.summaries().alike(kind, kRunsRead);
    if (!found.ok()) return found.error();
    std::vector<PastRun> runs;
    for (const database::Summary& summary : found.value()) {
        if (!summary.has(database::Summary::Unreadable)) runs.emplace_back(summary, context);
    }
    return runs;
}

RunsOf kind_of(const slurm::Job& job, const slurm::Owner& owner) {
    return {whose(owner), stem_of(job.name), job.account};
}

std::string runs_link(const Site& site, const std::string& owner, const RunsOf& kind) {
    return user_link(site, owner) + "name/?name=" + url::encode(kind.stem) +
           "&account=" + url::encode(kind.account);
}

Alike runs_like(const slurm::Job& job, const slurm::Owner& owner, const std::string& login,
                const std::vector<Finding>& findings, Context& context) {
    const bool asked = std::any_of(findings.begin(), findings.end(), [](const Finding& one) {
        return one.rule->advice != Advice::None;
    });
    const RunsOf kind = kind_of(job, owner);
    if (!asked || !context.site.scripts.enabled || kind.whose.logins.empty()) return {};
    const auto runs = read_runs(kind, context);
    if (!runs.ok()) {
        log_missing(runs.error());
        return {};
    }
    return {needs_beside(job, runs.value()), kind.stem, runs_link(context.site, login, kind)};
}

}  // namespace portal::jobstats
