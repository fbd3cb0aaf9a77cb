#include "physics.h"

#include <algorithm>
#include <cmath>

#include "random.h"

namespace portal::simulator {
namespace {

constexpr double kMebibyte = 1024.0 * 1024.0;
constexpr double kPage = 4096;
constexpr double kIdleCore = 0.002;  // a core that only waits
constexpr double kMpiPerSecond = 250e6;
constexpr double kGrowth = 900;  // seconds until most of the memory is in use

/// The same curve for each core, except for a slightly lower speed and another oscillation.
Curve core_curve(const Job& job, unsigned part, unsigned core) {
    unsigned position = core;
    for (unsigned i = 0; i < part; ++i) {
        position += static_cast<unsigned>(job.placements[i].cores.size());
    }
    if (position >= job.does.busy_cores) return {.level = kIdleCore, .pause = {}};
    Curve curve = job.does.core;
    const double drawn = as_share(mixed(job.does.seed, position));
    curve.level *= 1 - 0.05 * drawn;
    curve.swing_period *= 0.8 + 0.4 * drawn;
    return curve;
}

Curve gpu_curve(const Job& job, unsigned part, unsigned gpu) {
    unsigned position = gpu;
    for (unsigned i = 0; i < part; ++i) {
        position += static_cast<unsigned>(job.placements[i].gpus.size());
    }
    if (position >= job.does.busy_gpus) return {};
    Curve curve = job.does.gpu;
    curve.level *= 1 - 0.04 * as_share(mixed(job.does.seed, 1000 + position));
    return curve;
}

double whole_pages(double bytes) {
    return std::floor(bytes / kPage) * kPage;
}

double grown(const Job& job, double t) {
    if (job.does.leaks) return std::min(1.0, t / static_cast<double>(job.duration));
    return 0.15 + 0.85 * (1 - std::exp(-t / kGrowth));
}

}  // namespace

double core_seconds(const Job& job, unsigned part, unsigned core, double t) {
    return core_curve(job, part, core).integral(t);
}

double core_share(const Job& job, unsigned part, unsigned core, double t) {
    return core_curve(job, part, core).value(t);
}

double cpu_seconds(const Job& job, double t) {
    double sum = 0;
    for (unsigned part = 0; part < job.placements.size(); ++part) {
        for (unsigned core = 0; core < job.placements[part].cores.size(); ++core) {
            sum += core_seconds(job, part, core, t);
        }
    }
    return sum;
}

Memory memory(const Job& job, unsigned part, double t) {
    const double share = static_cast<double>(job.placements[part].cores.size()) / job.cores;
    Memory found;
    found.limit = whole_pages(static_cast<double>(job.memory_mib) * kMebibyte * share);
    const double cache_peak = found.limit * job.does.cache_share * (1 - std::exp(-t / kGrowth));
    const double breath = 0.9 + 0.1 * std::cos(t / 700);
    found.rss = whole_pages(found.limit * job.does.memory_share * grown(job, t));
    found.cache = whole_pages(cache_peak * breath);
    found.max = std::min(found.limit, found.rss + whole_pages(cache_peak));
    return found;
}

Gpu gpu(const Job& job, unsigned part, unsigned gpu, double t) {
    const Curve curve = gpu_curve(job, part, gpu);
    const double share = curve.value(t);
    const double held = curve.level > 0 ? job.does.gpu_memory_share : 0.01;
    return {.share = share,
            .memory_share = 0.45 * share,
            .memory_bytes = whole_pages(kGpuMemory * held * (1 - std::exp(-t / 120))),
            .watts = kGpuIdleW + (kGpuFullW - kGpuIdleW) * share};
}

double gpu_joules(const Job& job, unsigned part, unsigned gpu, double t) {
    return kGpuIdleW * t + (kGpuFullW - kGpuIdleW) * gpu_curve(job, part, gpu).integral(t);
}

double lustre_read(const Job& job, double t) {
    return job.does.read.total(t);
}

double lustre_written(const Job& job, double t) {
    return job.does.write_per_second * job.does.core.pause.seconds(t) + job.does.write_trickle * t;
}

double lustre_reads(const Job& job, double t) {
    return lustre_read(job, t) / job.does.request_bytes;
}

double lustre_writes(const Job& job, double t) {
    return lustre_written(job, t) / job.does.request_bytes;
}

double lustre_operations(const Job& job, double t) {
    return Burst{job.does.operations * 30, 60, job.does.operations}.total(t);
}

double infiniband_received(const Job& job, double t) {
    const double mpi = job.placements.size() > 1 ? kMpiPerSecond * job.does.core.integral(t) : 0;
    return mpi + lustre_read(job, t) / static_cast<double>(job.placements.size());
}

double infiniband_sent(const Job& job, double t) {
    const double mpi = job.placements.size() > 1 ? kMpiPerSecond * job.does.core.integral(t) : 0;
    return mpi + lustre_written(job, t) / static_cast<double>(job.placements.size());
}

double scratch_written(const Job& job, double t) {
    return job.does.scratch_share * kLocalScratch * (1 - std::exp(-t / 3600));
}

double scratch_read(const Job& job, double t) {
    return 0.6 * scratch_written(job, t);
}

}  // namespace portal::simulator
