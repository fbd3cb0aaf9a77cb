#include "handlers/jobs/use/step_shares.h"

#include "handlers/jobs/shares.h"

namespace portal {
namespace {

double count(Bytes bytes) {
    return static_cast<double>(bytes.count);
}

/// The least that the peak can have been; without a grade if the most would have another one.
views::Share peak_share(const slurm::StepUsage& usage, const slurm::Job& job, const Site& site) {
    views::Share least = memory_share(count(*usage.peak_memory), job, site);
    if (!usage.peak_at_most) return least;
    const views::Share most = memory_share(count(*usage.peak_at_most), job, site);
    if (most.grade != least.grade) least.grade = views::Grade::Unknown;
    return least;
}

}  // namespace

Result<StepUsages> read_step_usages(const std::vector<slurm::Job>& jobs, Context& context) {
    std::vector<std::uint64_t> over;
    for (const slurm::Job& job : jobs) {
        if (job.run_known() && job.ended) over.push_back(job.db_index);
    }
    if (over.empty()) return StepUsages{};
    return context.slurm.usage(over);
}

void fill_step_shares(views::JobRow& row, const slurm::Job& job, const StepUsages& usages,
                      const Site& site) {
    const auto found = usages.find(job.db_index);
    if (found == usages.end() || !job.run_known() || !job.ended) return;
    const Seconds elapsed = *job.ended - row_began(job);
    if (elapsed.count() <= 0) return;
    const slurm::StepUsage& usage = found->second;
    if (usage.cpu_time) {
        const double cores = static_cast<double>(usage.cpu_time->count()) /
                             static_cast<double>(time_it_ran(elapsed, job).count());
        row.cores_share =
            cores_share(cores_in_use(cores, size_of(job).cores, site.threads_per_core), job, site);
    }
    if (usage.peak_memory) row.memory_share = peak_share(usage, job, site);
}

}  // namespace portal
