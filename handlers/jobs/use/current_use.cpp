#include "handlers/jobs/use/current_use.h"

#include "handlers/jobs/shares.h"

namespace portal {
namespace {

/// What was measured of the jobs that compute. A job that ended a moment ago has samples, too;
/// without Slurm nobody knows which ones.
LiveUses of_running(const Result<LiveUses>& live, const Result<std::vector<slurm::Job>>& running,
                    const Site& site) {
    if (!live.ok()) return {};
    if (!running.ok()) return live.value();
    LiveUses uses;
    for (const slurm::Job& job : running.value()) {
        if (job.state == JobState::Suspended) continue;
        const auto found = live.value().find(std::to_string(job.id.value));
        if (found == live.value().end()) continue;
        uses.emplace(found->first, found->second.whole(job, site));
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

/// One measure of all jobs: those that were measured, and the others.
struct Sums {
    std::optional<double> had;  ///< of all
    std::optional<double> measured;
    double used = 0;
    std::uint32_t unmeasured = 0;
    bool partly = false;  ///< some nodes of a job that was measured are silent

    void add(const std::optional<double>& amount, const std::optional<double>& use, bool silent) {
        if (amount) had = had.value_or(0) + *amount;
        if (!use) {
            ++unmeasured;
            return;
        }
        measured = measured.value_or(0) + amount.value_or(0);
        used += *use;
        partly = partly || silent;
    }
};

views::UseRow row_of(const Sums& sums, const Result<LiveUses>& live, const char* measure,
                     const Site& site) {
    views::UseRow row;
    if (!sums.measured) {
        row.allocated = reading(sums.had);
        row.used = live.ok() ? Reading{NoData{}} : Reading{Unavailable{live.error().source}};
        row.share = judged(measure, row.used, sums.had.value_or(0), site);
        return row;
    }
    row.allocated = *sums.measured;
    row.used = sums.used;
    row.share = judged(measure, row.used, *sums.measured, site);
    row.unmeasured = sums.unmeasured;
    if (sums.partly && row.share.grade != views::Grade::Odd) {
        row.share.grade = views::Grade::Unknown;
    }
    return row;
}

}  // namespace

views::CurrentUse current_use(const Result<std::vector<slurm::Job>>& running,
                              const Result<LiveUses>& live, const Site& site) {
    views::CurrentUse now;
    const LiveUses uses = of_running(live, running, site);
    if (!running.ok()) {
        const Unavailable away{running.error().source};
        const auto total = [&](auto member) -> Reading {
            if (!live.ok()) return Unavailable{live.error().source};
            return total_use(uses, member);
        };
        now.cores.allocated = now.memory.allocated = away;
        now.cores.used = total(&LiveUse::cores);
        now.memory.used = total(&LiveUse::memory);
        return now;
    }
    Sums cores;
    Sums memory;
    Sums gpus;
    for (const slurm::Job& job : running.value()) {
        if (job.state == JobState::Suspended) continue;
        ++now.running_jobs;
        const auto found = uses.find(std::to_string(job.id.value));
        const LiveUse use = found == uses.end() ? LiveUse{} : found->second;
        const bool silent = use.partly(job);
        cores.add(size_of(job).cores, use.cores, silent);
        memory.add(number(memory_had(job)), use.memory, silent);
        if (const double had = use.gpus_had(job); had > 0) gpus.add(had, use.gpu_cycles, silent);
    }
    now.cores = row_of(cores, live, "cores", site);
    now.memory = row_of(memory, live, "memory", site);
    if (gpus.had) now.gpus = row_of(gpus, live, "gpu", site);
    return now;
}

}  // namespace portal
