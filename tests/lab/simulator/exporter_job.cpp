#include <array>
#include <cmath>
#include <functional>

#include "exporters.h"
#include "physics.h"

namespace portal::simulator {

void expose_jobs(const Simulation& simulation, unsigned node, Sink& sink);

namespace {

/// A share with what its labels and curves need.
struct Seen {
    Share share;
    double t = 0;
    std::string account;  ///< account="…"
    std::string owner;    ///< slurmjobid="…",user="…"

    [[nodiscard]] const Placement& part() const { return share.job->placements[share.part]; }
};

std::vector<Seen> seen_jobs(const Simulation& simulation, unsigned node) {
    std::vector<Seen> list;
    for (const Share& share : simulation.shares(node)) {
        const Job& job = *share.job;
        if (!job.does.seen) continue;
        list.push_back({share, job.elapsed(simulation.time()), "account=\"" + job.account + '"',
                        "slurmjobid=\"" + std::to_string(job.id) + "\",user=\"" +
                            std::string(job.login()) + '"'});
    }
    return list;
}

struct MemoryFamily {
    std::string_view name;
    std::string_view help;
    double (*value)(const Memory&);
};

constexpr double kMappedShare = 0.25;  // of the page cache
constexpr double kActiveShare = 0.4;

constexpr std::string_view kPeakName = "slurm_job_memory_max";
constexpr std::array<MemoryFamily, 10> kMemory{{
    {"slurm_job_memory_usage", "Memory used by a job", [](const Memory& m) { return m.usage(); }},
    {kPeakName, "Maximum memory used by a job", [](const Memory& m) { return m.max; }},
    {"slurm_job_memory_limit", "Memory limit of a job", [](const Memory& m) { return m.limit; }},
    {"slurm_job_memory_cache", "bytes of page cache memory",
     [](const Memory& m) { return m.cache; }},
    {"slurm_job_memory_rss",
     "bytes of anonymous and swap cache memory (includes transparent hugepages).",
     [](const Memory& m) { return m.rss; }},
    {"slurm_job_memory_rss_huge", "bytes of anonymous transparent hugepages",
     [](const Memory& m) { return std::floor(m.rss / 4194304) * 2097152; }},
    {"slurm_job_memory_mapped_file", "bytes of mapped file (includes tmpfs/shmem)",
     [](const Memory& m) { return std::floor(m.cache * kMappedShare); }},
    {"slurm_job_memory_active_file", "bytes of file-backed memory on active LRU list",
     [](const Memory& m) { return std::floor(m.cache * kActiveShare); }},
    {"slurm_job_memory_inactive_file", "bytes of file-backed memory on inactive LRU list",
     [](const Memory& m) { return m.cache - std::floor(m.cache * kActiveShare); }},
    {"slurm_job_memory_unevictable", "bytes of memory that cannot be reclaimed (mlocked etc)",
     [](const Memory&) { return 0.0; }},
}};

void expose_memory(const std::vector<Seen>& jobs, Sink& sink) {
    for (const MemoryFamily& family : kMemory) {
        sink.family(family.name, "gauge", family.help);
        for (const Seen& seen : jobs) {
            const Behaviour& does = seen.share.job->does;
            if (!does.peak_seen && family.name == kPeakName) continue;
            Memory held = memory(*seen.share.job, seen.share.part, seen.t);
            if (!does.limited) held.limit = kNoLimit;
            sink.sample(seen.account + ',' + seen.owner, family.value(held));
        }
    }
}

void expose_cores(const std::vector<Seen>& jobs, Sink& sink) {
    constexpr double kNanoseconds = 1e9;
    sink.family("slurm_job_core_usage_total", "counter", "Cpu usage of cores allocated to a job");
    for (const Seen& seen : jobs) {
        const Placement& part = seen.part();
        if (!seen.share.job->does.cores_seen) continue;
        for (unsigned i = 0; i < part.cores.size(); ++i) {
            const double busy = core_seconds(*seen.share.job, seen.share.part, i, seen.t);
            sink.sample(
                seen.account + ",core=\"" + std::to_string(part.cores[i]) + "\"," + seen.owner,
                std::floor(busy * kNanoseconds));
        }
    }
}

void expose_programs(const Seen& seen, double busy, Sink& sink) {
    const auto program = [&](const std::string& path, double seconds) {
        if (seconds < 60) return;
        sink.sample(seen.account + ",exe=\"" + path + "\"," + seen.owner,
                    std::floor(seconds * 98) / 100);
    };
    double rest = busy;
    for (const Helper& helper : seen.share.job->does.helpers) {
        program(helper.path, busy * helper.share);
        rest -= busy * helper.share;
    }
    program(seen.share.job->does.program, rest);
}

void expose_processes(const std::vector<Seen>& jobs, Sink& sink) {
    sink.family("slurm_job_process_count", "gauge", "Number of processes in a job");
    for (const Seen& seen : jobs) {
        sink.sample(seen.account + ',' + seen.owner,
                    static_cast<double>(seen.part().cores.size() + 1));
    }
    sink.family("slurm_job_threads_count", "gauge", "Number of threads in a job");
    for (const Seen& seen : jobs) {
        const auto cores = static_cast<double>(seen.part().cores.size());
        const auto& does = seen.share.job->does;
        const double runs = std::round(cores * does.threads * does.core.value(seen.t));
        sink.sample(seen.account + ",slurmjobid=\"" + std::to_string(seen.share.job->id) +
                        "\",state=\"running\",user=\"" + std::string(seen.share.job->login()) + '"',
                    runs);
    }
    sink.family("slurm_job_process_usage_total", "counter", "Cpu usage of processes within a job");
    for (const Seen& seen : jobs) {
        double busy = 0;
        for (unsigned i = 0; i < seen.part().cores.size(); ++i) {
            busy += core_seconds(*seen.share.job, seen.share.part, i, seen.t);
        }
        expose_programs(seen, busy, sink);
    }
}

struct GpuFamily {
    std::string_view name;
    std::string_view help;
    double (*value)(const Gpu&);
};

constexpr std::array<GpuFamily, 5> kGpu{{
    {"slurm_job_memory_total_gpu", "Memory available on a GPU",
     [](const Gpu&) { return kGpuMemory; }},
    {"slurm_job_memory_usage_gpu", "Memory used by a job on a GPU",
     [](const Gpu& g) { return g.memory_bytes; }},
    {"slurm_job_power_gpu", "Power used by a job on a GPU in mW",
     [](const Gpu& g) { return std::round(g.watts * 1000); }},
    {"slurm_job_utilization_gpu",
     "Percent of time over the past sample period during which one or more kernels was executing "
     "on "
     "the GPU.",
     [](const Gpu& g) { return std::round(g.share * 100); }},
    {"slurm_job_utilization_gpu_memory",
     "Percent of time over the past sample period during which global (device) memory was being "
     "read "
     "or written.",
     [](const Gpu& g) { return std::round(g.memory_share * 100); }},
}};

/// Calls `each` for every GPU of the jobs; numbers begin at 0 in each job, as the job sees them.
void for_each_gpu(const std::vector<Seen>& jobs,
                  const std::function<void(const Seen&, unsigned, const std::string&)>& each) {
    for (const Seen& seen : jobs) {
        const auto shown = static_cast<unsigned>(seen.part().gpus.size());
        for (unsigned i = 0; i + seen.share.job->does.blind_gpus < shown; ++i) {
            each(seen, i,
                 "gpu=\"" + std::to_string(i) + "\",gpu_type=\"" + std::string(kGpuType) + "\"," +
                     seen.owner);
        }
    }
}

void expose_job_gpus(const std::vector<Seen>& jobs, Sink& sink) {
    for (const GpuFamily& family : kGpu) {
        sink.family(family.name, "gauge", family.help);
        for_each_gpu(jobs, [&](const Seen& seen, unsigned i, const std::string& labels) {
            sink.sample(seen.account + ',' + labels,
                        family.value(gpu(*seen.share.job, seen.share.part, i, seen.t)));
        });
    }
    constexpr double kReceived = 9e9;  // bytes/s at full use
    constexpr double kSent = 2e9;
    sink.family("slurm_job_pcie_gpu", "gauge", "PCIe tx/rx bytes per second");
    for_each_gpu(jobs, [&](const Seen& seen, unsigned i, const std::string& labels) {
        const double share = gpu(*seen.share.job, seen.share.part, i, seen.t).share;
        sink.sample(seen.account + ",direction=\"TX\"," + labels, std::round(kSent * share));
        sink.sample(seen.account + ",direction=\"RX\"," + labels, std::round(kReceived * share));
    });
}

}  // namespace

void expose_jobs(const Simulation& simulation, unsigned node, Sink& sink) {
    const std::vector<Seen> jobs = seen_jobs(simulation, node);
    expose_memory(jobs, sink);
    expose_cores(jobs, sink);
    expose_processes(jobs, sink);
    if (simulation.cluster().nodes[node].gpus > 0) expose_job_gpus(jobs, sink);
}

}  // namespace portal::simulator
