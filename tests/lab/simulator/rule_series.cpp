#include <array>
#include <cmath>

#include "crowd.h"
#include "people.h"
#include "physics.h"
#include "random.h"
#include "rules.h"

namespace portal::simulator {
namespace {

/// What a job holds and uses `t` seconds after its start.
void add(Use& use, const Job& job, double t) {
    if (!job.does.seen) return;
    for (unsigned p = 0; p < job.placements.size(); ++p) {
        const Memory held = memory(job, p, t);
        if (job.does.limited) use.memory += held.limit;
        use.rss += held.rss;
        if (job.does.peak_seen) use.max += held.max;
        const Placement& part = job.placements[p];
        for (unsigned i = 0; i < part.cores.size() && job.does.cores_seen; ++i) {
            use.cores += 1;
            use.used_cores += core_share(job, p, i, t);
        }
        for (unsigned i = 0; i < part.gpus.size(); ++i) {
            const Gpu state = gpu(job, p, i, t);
            use.gpu_watts += state.watts;
            use.gpus += 1;
            use.used_gpus += state.share;
            use.busy_gpus += state.share > 0 ? 1 : 0;
        }
    }
}

Uses measured_uses(const Simulation& simulation) {
    Uses uses;
    for (const Job& job : simulation.running()) {
        add(uses[{job.account, job.login()}], job, job.elapsed(simulation.time()));
    }
    return uses;
}

Uses usual_uses(const Simulation& simulation, UnixTime time) {
    constexpr std::array<unsigned, 7> kPersons{kAlice, kBob, kCarol, kHeavy, 8, 9, 14};
    constexpr double kDay = 86400;
    Uses uses;
    for (const unsigned person : kPersons) {
        for (const unsigned gpus : {0U, 2U}) {
            if (gpus > 0 && person % 2 == 1) continue;
            const double drawn = as_share(mixed(simulation.settings().seed, person * 10 + gpus));
            const double days = static_cast<double>(time) / kDay;
            const double week = 1 + 0.4 * std::sin(days / (5 + 9 * drawn) + 6 * drawn);
            const double load = day_pattern(static_cast<double>(time)) * week;
            Use& use = uses[{account_of(person, gpus), kPeople[person].login}];
            use.cores = std::round((8 + 120 * drawn) * load);
            use.used_cores = use.cores * (0.4 + 0.5 * drawn);
            use.memory = use.cores * 4294967296.0;
            use.rss = use.memory * (0.2 + 0.4 * drawn);
            use.max = use.rss * 1.2;
            use.gpus = gpus == 0 ? 0 : std::round(1 + 6 * drawn * load);
            use.used_gpus = use.gpus * (0.3 + 0.5 * drawn);
            use.busy_gpus = std::ceil(use.gpus * 0.8);
            use.gpu_watts = kGpuIdleW * use.gpus + (kGpuFullW - kGpuIdleW) * use.used_gpus;
        }
    }
    return uses;
}

struct RuleFamily {
    std::string_view name;
    double Use::*value;
    bool by_type;
};

constexpr std::array<RuleFamily, 9> kRules{{
    {"slurm_job:allocated_core:count_user_account", &Use::cores, false},
    {"slurm_job:used_core:sum_user_account", &Use::used_cores, false},
    {"slurm_job:allocated_memory:sum_user_account", &Use::memory, false},
    {"slurm_job:rss_memory:sum_user_account", &Use::rss, false},
    {"slurm_job:max_memory:sum_user_account", &Use::max, false},
    {"slurm_job:allocated_gpu:count_user_account", &Use::gpus, false},
    {"slurm_job:used_gpu:sum_user_account", &Use::used_gpus, true},
    {"slurm_job:non_idle_gpu:sum_user_account", &Use::busy_gpus, true},
    {"slurm_job:power_gpu:sum_user_account", &Use::gpu_watts, false},
}};

/// A sum over series that are zero is zero; a sum or a count over nothing has no sample.
bool shows_zero(const RuleFamily& family, const Use& use) {
    if (family.value == &Use::used_cores) return use.cores > 0;
    return family.value == &Use::used_gpus && use.gpus > 0;
}

struct ClusterRule {
    std::string_view name;
    double Use::*value;
};

constexpr std::array<ClusterRule, 7> kClusterRules{{
    {"slurm_job:allocated_core:count", &Use::cores},
    {"slurm_job:used_core:sum", &Use::used_cores},
    {"slurm_job:allocated_memory:sum", &Use::memory},
    {"slurm_job:rss_memory:sum", &Use::rss},
    {"slurm_job:allocated_gpu:count", &Use::gpus},
    {"slurm_job:used_gpu:sum", &Use::used_gpus},
    {"slurm_job:power_gpu:sum", &Use::gpu_watts},
}};

void expose_cluster(const Uses& uses, Sink& sink) {
    for (const ClusterRule& rule : kClusterRules) {
        double sum = 0;
        for (const auto& [who, use] : uses) sum += use.*rule.value;
        sink.family(rule.name, "gauge", "recorded");
        sink.sample("", sum);
    }
}

}  // namespace

RuleSeries::RuleSeries(const Simulation& simulation)
    : simulation_(simulation), crowd_(crowd_jobs(simulation.settings(), simulation.scale())) {}

Uses RuleSeries::uses(UnixTime time) const {
    constexpr double kWarm = 7200;  // seconds after which memory and cores are as they stay
    constexpr UnixTime kTurn = 36'000;
    Uses uses =
        time < simulation_.begin() ? usual_uses(simulation_, time) : measured_uses(simulation_);
    for (const Job& job : crowd_) {
        if (!worked_before(job, time, simulation_.settings())) continue;
        add(uses[{job.account, job.login()}], job, kWarm + static_cast<double>(time % kTurn));
    }
    return uses;
}

void RuleSeries::expose(UnixTime time, Sink& sink) const {
    const Uses uses = this->uses(time);
    for (const RuleFamily& family : kRules) {
        sink.family(family.name, "gauge", "recorded");
        for (const auto& [who, use] : uses) {
            if (use.*family.value <= 0 && !shows_zero(family, use)) continue;
            std::string labels = "account=\"" + who.first + '"';
            if (family.by_type) labels += ",gpu_type=\"" + std::string(kGpuType) + '"';
            sink.sample(labels + ",user=\"" + std::string(who.second) + '"', use.*family.value);
        }
    }
    expose_cluster(uses, sink);
    if (time < simulation_.begin()) return;
    expose_process_rules(simulation_, sink);
    expose_lustre_rules(simulation_, sink);
}

UnixTime RuleSeries::step(UnixTime age) const {
    constexpr UnixTime kOften = 240;  // below Prometheus's look-back of 5 minutes
    constexpr UnixTime kDay = 86400;
    if (age <= simulation_.scale().window) return kOften;
    if (age <= 14 * kDay) return age <= 7 * kDay ? 600 : 900;
    return age <= simulation_.scale().rule_span ? 7200 : 0;
}

}  // namespace portal::simulator
