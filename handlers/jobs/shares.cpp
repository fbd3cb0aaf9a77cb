#include "handlers/jobs/shares.h"

#include <algorithm>

namespace portal {
namespace {

using views::Grade;

constexpr double kPercent = 100;

const VerdictLimits& limits_of(const Site& site, const char* measure) {
    static const VerdictLimits kDefault;
    const auto found = site.verdicts.find(measure);
    return found == site.verdicts.end() ? kDefault : found->second;
}

}  // namespace

std::optional<double> number(const Reading& reading) {
    const double* value = std::get_if<double>(&reading);
    if (value == nullptr) return std::nullopt;
    return *value;
}

Reading reading(std::optional<double> value) {
    if (!value) return NoData{};
    return *value;
}

Grade grade_of(double share, const VerdictLimits& limits) {
    if (share > kAll) return Grade::Odd;
    if (share * kPercent >= limits.good) return Grade::Good;
    return share * kPercent < limits.poor ? Grade::Poor : Grade::Fair;
}

views::Share graded(const Reading& used, double asked, const VerdictLimits& limits) {
    const auto value = number(used);
    if (!value) return {used, Grade::Unknown};
    if (asked <= 0) return {NoData{}, Grade::Unknown};
    const double share = *value / asked;
    return {share, grade_of(share, limits)};
}

views::Share graded(const Reading& used, double asked, const Site& site, const char* measure) {
    return graded(used, asked, limits_of(site, measure));
}

Instant row_began(const slurm::Job& job) {
    const Instant start = job.started.value();
    const bool within = !job.ended || job.submitted < *job.ended;
    return within ? std::max(start, job.submitted) : start;
}

Seconds time_it_ran(Seconds length, const slurm::Job& job) {
    return std::max(length - job.suspended, Seconds{1});
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
    return graded(used, size_of(job).cores, site, "cores");
}

Reading memory_had(const slurm::Job& job) {
    const Bytes had = size_of(job).memory;
    if (had.count == 0) return NoData{};
    return static_cast<double>(had.count);
}

views::Share memory_share(const Reading& used, const slurm::Job& job, const Site& site) {
    return graded(used, number(memory_had(job)).value_or(0), site, "memory");
}

}  // namespace portal
