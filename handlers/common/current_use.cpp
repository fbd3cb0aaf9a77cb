#include "handlers/common/current_use.h"

#include "handlers/common/shares.h"

namespace portal {
namespace {

/// Sum of one use over all running jobs; no data if none of them was measured.
template <class Member>
views::Reading total_use(const Result<LiveUses>& live, Member member) {
    if (!live.ok()) return views::Unavailable{live.error().source};
    std::optional<double> sum;
    for (const auto& [id, use] : live.value()) {
        if (use.*member) sum = sum.value_or(0) + *(use.*member);
    }
    if (!sum) return views::NoData{};
    return *sum;
}

views::UseRow use_row(double allocated, const views::Reading& used, const Site& site,
                      const char* measure) {
    return {.allocated = allocated, .used = used, .share = graded(used, allocated, site, measure)};
}

}  // namespace

views::CurrentUse current_use(const Result<std::vector<slurm::Job>>& running,
                              const Result<LiveUses>& live, const Site& site) {
    views::CurrentUse now;
    if (!running.ok()) {
        const views::Unavailable away{running.error().source};
        now.cores.allocated = now.memory.allocated = away;
        now.cores.used = total_use(live, &LiveUse::cores);
        now.memory.used = total_use(live, &LiveUse::memory);
        return now;
    }
    double cores = 0;
    double memory = 0;
    double gpus = 0;
    for (const slurm::Job& job : running.value()) {
        cores += job.allocated.cores;
        memory += static_cast<double>(job.allocated.memory.count);
        gpus += job.allocated.gpus.count;
    }
    now.running_jobs = static_cast<std::uint32_t>(running.value().size());
    now.cores = use_row(cores, total_use(live, &LiveUse::cores), site, "cores");
    now.memory = use_row(memory, total_use(live, &LiveUse::memory), site, "memory");
    const views::Reading used = total_use(live, &LiveUse::gpu_cycles);
    if (gpus > 0 || std::holds_alternative<double>(used)) {
        now.gpus = use_row(gpus, used, site, "gpu");
    }
    return now;
}

}  // namespace portal
