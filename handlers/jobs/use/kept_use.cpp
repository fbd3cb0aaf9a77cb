#include "handlers/jobs/use/kept_use.h"

#include <algorithm>
#include <span>

#include "handlers/jobs/shares.h"
#include "handlers/page/errors.h"
#include "handlers/sources/own/summaries/summary_db.h"

namespace portal {
namespace {

using database::Summary;
using database::SummaryMark;
using views::Share;

constexpr std::size_t kRowsAtOnce = 1000;

template <class Kept>
bool fits(const Kept& kept, const slurm::Job& job) {
    return job.ended && kept.job_db_inx == job.db_index && kept.id_job == job.id.value &&
           kept.time_submit == unix_seconds(job.submitted) &&
           kept.time_end == unix_seconds(*job.ended) && kept.state == job.state_number;
}

/// A share that the job's page could not judge when the summary was made is not judged here.
Share judged_if(const SummaryMark::Number& grade, Share share) {
    if (!grade && share.grade != views::Grade::Odd) share.grade = views::Grade::Unknown;
    return share;
}

}  // namespace

bool is_of(const Summary& summary, const slurm::Job& job) {
    return fits(summary, job);
}

bool is_of(const SummaryMark& mark, const slurm::Job& job) {
    return fits(mark, job);
}

KeptUses read_kept_uses(const std::vector<slurm::Job>& jobs, Context& context) {
    KeptUses uses;
    if (!context.site.scripts.enabled) return uses;
    std::vector<std::uint64_t> over;
    for (const slurm::Job& job : jobs) {
        if (job.run_known() && job.ended) over.push_back(job.db_index);
    }
    std::span<const std::uint64_t> rest = over;
    while (!rest.empty()) {
        const auto some = rest.first(std::min(rest.size(), kRowsAtOnce));
        rest = rest.subspan(some.size());
        const auto found = context.portal_db.summaries().marks(some);
        if (!found.ok()) {
            log_missing(found.error());
            return {};
        }
        for (const SummaryMark& mark : found.value()) uses.insert_or_assign(mark.job_db_inx, mark);
    }
    return uses;
}

void fill_kept_shares(views::JobRow& row, const slurm::Job& job, const KeptUses& uses,
                      const Site& site) {
    const auto found = uses.find(job.db_index);
    if (found == uses.end() || !is_of(found->second, job)) return;
    const SummaryMark& kept = found->second;
    if (kept.cores_used) {
        row.cores_share = judged_if(kept.grade_cores, cores_share(*kept.cores_used, job, site));
    }
    if (kept.memory_peak) {
        row.memory_share = judged_if(kept.grade_memory, memory_share(*kept.memory_peak, job, site));
    }
    if (!kept.gpu_used || kept.gpus.value_or(0) <= 0) return;
    row.gpus = static_cast<std::uint32_t>(*kept.gpus);
    row.gpu_share = judged_if(kept.grade_gpu, judged("gpu", *kept.gpu_used, 1, job, site));
}

}  // namespace portal
