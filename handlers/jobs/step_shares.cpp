#include "handlers/jobs/step_shares.h"

#include "handlers/jobs/shares.h"

namespace portal {

Result<StepUsages> read_step_usages(const std::vector<slurm::Job>& jobs, Context& context) {
    std::vector<std::uint64_t> over;
    for (const slurm::Job& job : jobs) {
        if (job.started && job.ended) over.push_back(job.db_index);
    }
    if (over.empty()) return StepUsages{};
    return context.slurm.usage(over);
}

void fill_step_shares(views::JobRow& row, const slurm::Job& job, const StepUsages& usages,
                      const Site& site) {
    const auto found = usages.find(job.db_index);
    if (found == usages.end() || !job.started || !job.ended) return;
    const Seconds elapsed = *job.ended - row_began(job);
    if (elapsed.count() <= 0) return;
    const double cores = static_cast<double>(found->second.cpu_time.count()) /
                         static_cast<double>(time_it_ran(elapsed, job).count());
    row.cores_share = cores_share(cores, job, site);
    if (!found->second.peak_memory) return;
    row.memory_share =
        memory_share(static_cast<double>(found->second.peak_memory->count), job, site);
}

}  // namespace portal
