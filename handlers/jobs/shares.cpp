#include "handlers/jobs/shares.h"

#include <algorithm>
#include <string>

#include "handlers/jobs/gpu_model.h"

namespace portal {
namespace {

using views::Grade;

constexpr double kPercent = 100;
constexpr double kLeastIdleCores = 1;  // fewer are not worth a word

const VerdictLimits& limits_of(const Site& site, std::string_view measure) {
    static const VerdictLimits kDefault;
    const auto found = site.verdicts.find(std::string(measure));
    return found == site.verdicts.end() ? kDefault : found->second;
}

/// Of a job with GPUs whose even share of cores is not known, all do.
bool come_with_gpus(double had, const slurm::Job& job, const Site& site) {
    if (job.allocated.gpus.count == 0) return false;
    const auto even = even_cores(job, site);
    return !even || had <= *even;
}

}  // namespace

std::optional<double> number(const Reading& reading) {
    const double* value = std::get_if<double>(&reading);
    if (value == nullptr) return std::nullopt;
    return *value;
}

Grade grade_of(double share, const VerdictLimits& limits) {
    if (share > kAll) return Grade::Odd;
    if (share * kPercent >= limits.good) return Grade::Good;
    return share * kPercent < limits.poor ? Grade::Poor : Grade::Fair;
}

views::Share graded(const Reading& used, double had, const VerdictLimits& limits) {
    const auto value = number(used);
    if (!value) return {used, Grade::Unknown};
    if (had <= 0) return {NoData{}, Grade::Unknown};
    const double share = *value / had;
    return {share, grade_of(share, limits)};
}

views::Share judged(std::string_view measure, const Reading& used, double had, const Site& site) {
    views::Share share = graded(used, had, limits_of(site, measure));
    const auto amount = number(used);
    const bool little = measure == "cores" && amount && had - *amount < kLeastIdleCores;
    if (little && share.grade != Grade::Odd && share.grade != Grade::Good) {
        share.grade = Grade::Unknown;
    }
    return share;
}

views::Share judged(std::string_view measure, const Reading& used, double had,
                    const slurm::Job& job, const Site& site) {
    views::Share share = judged(measure, used, had, site);
    if (measure == "memory" && job.state == JobState::OutOfMemory) share.grade = Grade::Poor;
    if (share.grade == Grade::Odd) return share;
    if (measure == "time" && job.state != JobState::Completed) {
        share.grade = job.state == JobState::Timeout ? Grade::Poor : Grade::Unknown;
    }
    if (measure == "cores" && come_with_gpus(had, job, site)) share.grade = Grade::Unknown;
    return share;
}

double cores_in_use(double used, double had, unsigned threads_per_core) {
    const bool threads = threads_per_core > 1 && used <= had * threads_per_core * kAll;
    return threads ? std::min(used, had) : used;
}

std::optional<double> even_cores(const slurm::Job& job, const Site& site) {
    const slurm::GpuCount& gpus = job.allocated.gpus;
    if (gpus.count == 0) return std::nullopt;
    const GpuModel* model = gpu_model(gpus, {}, site);
    if (model == nullptr || model->cores <= 0) return std::nullopt;
    return model->cores * gpus.count;
}

Instant row_began(const slurm::Job& job) {
    const Instant start = job.started.value();
    const bool within = !job.ended || job.submitted < *job.ended;
    return within ? std::max(start, job.submitted) : start;
}

Seconds time_it_ran(Seconds length, const slurm::Job& job) {
    return std::max(length - job.suspended, Seconds{1});
}

std::optional<Seconds> ran_so_far(const slurm::Job& job, Instant now) {
    if (!job.run_known()) return std::nullopt;
    const Seconds since = job.ended.value_or(now) - *job.started - job.suspended;
    return std::max(since, Seconds{0});
}

slurm::Resources size_of(const slurm::Job& job) {
    slurm::Resources size = job.allocated;
    if (size.cores == 0) size.cores = job.requested.cores;
    if (size.memory.count == 0) size.memory = job.requested.memory;
    if (size.nodes == 0) size.nodes = job.requested.nodes;
    if (size.gpus.count == 0) size.gpus = job.requested.gpus;
    return size;
}

views::Share cores_share(const Reading& used, const slurm::Job& job, const Site& site) {
    return judged("cores", used, size_of(job).cores, job, site);
}

Reading memory_had(const slurm::Job& job) {
    const Bytes had = size_of(job).memory;
    if (had.count == 0) return NoData{};
    return static_cast<double>(had.count);
}

views::Share memory_share(const Reading& used, const slurm::Job& job, const Site& site) {
    return judged("memory", used, number(memory_had(job)).value_or(0), job, site);
}

}  // namespace portal
