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

/// One measure of all jobs.
struct Sums {
    std::optional<double> had;       ///< of all jobs
    std::optional<double> used;      ///< of those that were measured
    std::optional<double> compared;  ///< what these had, if that is known
    double used_of_it = 0;
    std::uint32_t unmeasured = 0;
    bool open = false;  ///< one of them cannot be judged

    void add(const std::optional<double>& amount, const std::optional<double>& use, bool doubted) {
        if (amount) had = had.value_or(0) + *amount;
        if (!use) {
            ++unmeasured;
            return;
        }
        used = used.value_or(0) + *use;
        open = open || doubted;
        if (!amount) return;
        compared = compared.value_or(0) + *amount;
        used_of_it += *use;
    }
};

views::UseRow row_of(const Sums& sums, const Result<LiveUses>& live, const char* measure,
                     const Site& site) {
    views::UseRow row;
    if (!sums.compared) {
        row.allocated = reading(sums.had);
        row.used = live.ok() ? reading(sums.used) : Reading{Unavailable{live.error().source}};
        row.share = judged(measure, row.used, 0, site);
        return row;
    }
    row.allocated = *sums.compared;
    row.used = sums.used_of_it;
    row.share = judged(measure, row.used, *sums.compared, site);
    row.unmeasured = sums.unmeasured;
    if (sums.open && row.share.grade != views::Grade::Odd) {
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
        const double cards = use.gpus_had(job);
        const bool uncounted = cards > 0 && job.allocated.gpus.count == 0;
        cores.add(size_of(job).cores, use.cores, silent || uncounted);
        memory.add(number(memory_had(job)), use.memory, silent);
        if (cards > 0) gpus.add(cards, use.gpu_cycles, silent || use.gpus.value_or(0) > cards);
    }
    now.cores = row_of(cores, live, "cores", site);
    now.memory = row_of(memory, live, "memory", site);
    if (gpus.had) now.gpus = row_of(gpus, live, "gpu", site);
    return now;
}

}  // namespace portal
