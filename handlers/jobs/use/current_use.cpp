#include "handlers/jobs/use/current_use.h"

#include "handlers/jobs/shares.h"

namespace portal {
namespace {

/// What was measured of the jobs that compute. A job that ended a moment ago has samples, too;
/// without Slurm nobody knows which ones.
LiveUses of_running(const Result<LiveUses>& live, const Result<std::vector<slurm::Job>>& running) {
    if (!live.ok()) return {};
    if (!running.ok()) return live.value();
    LiveUses uses;
    for (const slurm::Job& job : running.value()) {
        if (job.state == JobState::Suspended) continue;
        const auto found = live.value().find(std::to_string(job.id.value));
        if (found == live.value().end()) continue;
        uses.emplace(found->first, found->second.whole(job));
    }
    return uses;
}

/// Sum of one use; no data if none of the jobs was measured.
template <class Member>
Reading total_use(const LiveUses& uses, Member member) {
    std::optional<double> sum;
    for (const auto& [id, use] : uses) {
        if (use.*member) sum = sum.value_or(0) + *(use.*member);
    }
    if (!sum) return NoData{};
    return *sum;
}

views::UseRow use_row(const std::optional<double>& allocated, const Reading& used, const Site& site,
                      const char* measure) {
    return {.allocated = reading(allocated),
            .used = used,
            .share = judged(measure, used, allocated.value_or(0), site)};
}

}  // namespace

views::CurrentUse current_use(const Result<std::vector<slurm::Job>>& running,
                              const Result<LiveUses>& live, const Site& site) {
    views::CurrentUse now;
    const LiveUses uses = of_running(live, running);
    const auto total = [&](auto member) -> Reading {
        if (!live.ok()) return Unavailable{live.error().source};
        return total_use(uses, member);
    };
    if (!running.ok()) {
        const Unavailable away{running.error().source};
        now.cores.allocated = now.memory.allocated = away;
        now.cores.used = total(&LiveUse::cores);
        now.memory.used = total(&LiveUse::memory);
        return now;
    }
    double cores = 0;
    std::optional<double> memory;
    double gpus = 0;
    for (const slurm::Job& job : running.value()) {
        if (job.state == JobState::Suspended) continue;
        ++now.running_jobs;
        cores += size_of(job).cores;
        if (const auto had = number(memory_had(job))) memory = memory.value_or(0) + *had;
        const auto measured = uses.find(std::to_string(job.id.value));
        gpus += measured == uses.end() ? job.allocated.gpus.count : measured->second.gpus_had(job);
    }
    now.cores = use_row(cores, total(&LiveUse::cores), site, "cores");
    now.memory = use_row(memory, total(&LiveUse::memory), site, "memory");
    const Reading used = total(&LiveUse::gpu_cycles);
    if (gpus > 0 || std::holds_alternative<double>(used)) {
        now.gpus = use_row(gpus, used, site, "gpu");
    }
    return now;
}

}  // namespace portal
