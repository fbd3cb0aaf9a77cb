#include "handlers/jobs/job_groups.h"

#include "handlers/jobs/job_text.h"
#include "handlers/jobs/list_verdict.h"

namespace portal {

views::JobRow measured_row(const slurm::Job& job, const JobUses& uses, const std::string& owner,
                           Context& context) {
    views::JobRow row = job_row(job, context.site, owner, context.clock.now());
    if (job.runs()) fill_live_shares(row, job, uses.live, context.site);
    fill_step_shares(row, job, uses.steps, context.site);
    fill_kept_shares(row, job, uses.kept, context.site);
    row.verdict = row_verdict(job, row);
    return row;
}

std::vector<views::JobGroup> job_groups(const std::vector<slurm::Job>& jobs, const JobUses& uses,
                                        const std::string& owner, Context& context) {
    std::vector<views::JobGroup> groups;
    const slurm::Job* last = nullptr;
    for (const slurm::Job& job : jobs) {
        if (last == nullptr || !slurm::same_array(*last, job)) groups.emplace_back();
        last = &job;
        views::JobGroup& group = groups.back();
        if (job.array) {
            group.array_number = std::to_string(job.array->value);
            group.array_link = array_link(context.site, owner, job);
        }
        group.pending_tasks += job.array_pending;
        group.rows.push_back(measured_row(job, uses, owner, context));
    }
    return groups;
}

}  // namespace portal
