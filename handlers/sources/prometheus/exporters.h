#pragma once

#include "handlers/sources/prometheus/promql.h"

/// Every metric the portal reads, once: its name, kind and unit, by exporter. A unit test fails on
/// one that nothing reads.
namespace portal::metric {

/// A gauge says how much there is, a counter how much there was since it began.
enum class Kind { Gauge, Counter };

/// What one sample counts. Plain: cores, GPUs, files, operations ...
enum class Unit { Plain, Seconds, Nanoseconds, Bytes, Kilobytes, Kibibytes, Milliwatts, Percent };

/// How many of it make one of the base unit: a second, a byte, a watt, all of something.
[[nodiscard]] constexpr double per_base(Unit unit) {
    switch (unit) {
        case Unit::Nanoseconds:
            return 1e9;
        case Unit::Kilobytes:
            return 1e-3;
        case Unit::Kibibytes:
            return 1.0 / 1024;
        case Unit::Milliwatts:
            return 1e3;
        case Unit::Percent:
            return 1e2;
        case Unit::Plain:
        case Unit::Seconds:
        case Unit::Bytes:
            break;
    }
    return 1;
}

/// The name of a metric, and what its samples are.
struct Metric : promql::Literal {
    Kind kind = Kind::Gauge;
    Unit unit = Unit::Plain;

    /// A sample, or the rate of a counter, in the base unit.
    [[nodiscard]] constexpr double base(double value) const { return value / per_base(unit); }
};

using enum Kind;
using enum Unit;

// slurm-job-exporter: labels user, account, slurmjobid; one series per job and node unless said.
inline constexpr Metric kCoreUsage = {"slurm_job_core_usage_total", Counter, Nanoseconds};  // core
inline constexpr Metric kMemoryLimit = {"slurm_job_memory_limit", Gauge, Bytes};  // 2^63: no limit
inline constexpr Metric kMemoryMax = {"slurm_job_memory_max", Gauge, Bytes};      // with page cache
inline constexpr Metric kMemoryUsage = {"slurm_job_memory_usage", Gauge, Bytes};  // with page cache
inline constexpr Metric kMemoryCache = {"slurm_job_memory_cache", Gauge, Bytes};
inline constexpr Metric kMemoryRss = {"slurm_job_memory_rss", Gauge, Bytes};
inline constexpr Metric kMemoryRssHuge = {"slurm_job_memory_rss_huge", Gauge, Bytes};
inline constexpr Metric kMemoryMappedFile = {"slurm_job_memory_mapped_file", Gauge, Bytes};
inline constexpr Metric kMemoryActiveFile = {"slurm_job_memory_active_file", Gauge, Bytes};
inline constexpr Metric kMemoryInactiveFile = {"slurm_job_memory_inactive_file", Gauge, Bytes};
inline constexpr Metric kMemoryUnevictable = {"slurm_job_memory_unevictable", Gauge, Bytes};
// One series per GPU, with the labels gpu and gpu_type.
inline constexpr Metric kGpuUtilization = {"slurm_job_utilization_gpu", Gauge, Percent};
inline constexpr Metric kGpuMemoryUtilization = {"slurm_job_utilization_gpu_memory", Gauge,
                                                 Percent};
inline constexpr Metric kGpuMemoryUsed = {"slurm_job_memory_usage_gpu", Gauge, Bytes};
inline constexpr Metric kGpuMemoryTotal = {"slurm_job_memory_total_gpu", Gauge, Bytes};
inline constexpr Metric kGpuPower = {"slurm_job_power_gpu", Gauge, Milliwatts};
// PCIe traffic, with the label direction: kB/s before 0.0.7, counters to 0.0.12, then bytes/s.
inline constexpr Metric kGpuPcie = {"slurm_job_pcie_gpu", Gauge, Bytes};
inline constexpr Metric kGpuPcieKilobytes = {"slurm_job_pcie_gpu", Gauge, Kilobytes};
inline constexpr Metric kGpuPcieTotal = {"slurm_job_pcie_gpu_total", Counter, Bytes};

// lustre_exporter behind its Slurm proxy: labels component, target, jobid, fs, user, account.
inline constexpr Metric kLustreOperations = {"lustre_job_stats_total", Counter};
inline constexpr Metric kLustreRead = {"lustre_job_read_bytes_total", Counter, Bytes};
inline constexpr Metric kLustreWrite = {"lustre_job_write_bytes_total", Counter, Bytes};

// node_exporter: per logical CPU and mode; InfiniBand per device and port; disks per device.
inline constexpr Metric kNodeCpu = {"node_cpu_seconds_total", Counter, Seconds};
inline constexpr Metric kInfinibandReceived = {"node_infiniband_port_data_received_bytes_total",
                                               Counter, Bytes};
inline constexpr Metric kInfinibandTransmitted = {
    "node_infiniband_port_data_transmitted_bytes_total", Counter, Bytes};
inline constexpr Metric kDiskReads = {"node_disk_reads_completed_total", Counter};
inline constexpr Metric kDiskWrites = {"node_disk_writes_completed_total", Counter};
inline constexpr Metric kDiskReadBytes = {"node_disk_read_bytes_total", Counter, Bytes};
inline constexpr Metric kDiskWrittenBytes = {"node_disk_written_bytes_total", Counter, Bytes};
inline constexpr Metric kFilesystemSize = {"node_filesystem_size_bytes", Gauge, Bytes};
inline constexpr Metric kFilesystemAvailable = {"node_filesystem_avail_bytes", Gauge, Bytes};

// nvidia_gpu_prometheus_exporter: per GPU
inline constexpr Metric kNodeGpuPower = {"nvidia_gpu_power_usage_milliwatts", Gauge, Milliwatts};

// libvirtd_exporter: labels uuid, instance_name, instance_type, project_name; running machines
// only.
inline constexpr Metric kVmState = {"libvirtd_domain_domain_state"};  // 1 runs, 3 paused
inline constexpr Metric kVmCpuTime = {"libvirtd_domain_vcpu_time", Counter, Nanoseconds};  // vcpu
inline constexpr Metric kVmMemory = {"libvirtd_domain_balloon_current", Gauge, Kibibytes};
// Only with a balloon driver in the machine.
inline constexpr Metric kVmMemoryUsable = {"libvirtd_domain_balloon_usable", Gauge, Kibibytes};
// Per device, a number; and per interface.
inline constexpr Metric kVmReadBytes = {"libvirtd_domain_block_read_bytes", Counter, Bytes};
inline constexpr Metric kVmWriteBytes = {"libvirtd_domain_block_write_bytes", Counter, Bytes};
inline constexpr Metric kVmReadRequests = {"libvirtd_domain_block_read_requests", Counter};
inline constexpr Metric kVmWriteRequests = {"libvirtd_domain_block_write_requests", Counter};
inline constexpr Metric kVmReceivedBytes = {"libvirtd_domain_net_rx_bytes", Counter, Bytes};
inline constexpr Metric kVmSentBytes = {"libvirtd_domain_net_tx_bytes", Counter, Bytes};

// Quota exporter: label path, and one whose name is the site's with the name of user or group. A
// user or group with next to nothing has no series.
inline constexpr Metric kQuotaInodes = {"lfs_quota_inodes"};
inline constexpr Metric kQuotaKbytes = {"lfs_quota_kbytes", Gauge, Kibibytes};

// Recording rules of the site, shipped in rpm/prometheus: labels user, account, cluster.
inline constexpr Metric kRuleAllocatedCores = {"slurm_job:allocated_core:count_user_account"};
inline constexpr Metric kRuleUsedCores = {"slurm_job:used_core:sum_user_account"};
inline constexpr Metric kRuleAllocatedMemory = {"slurm_job:allocated_memory:sum_user_account",
                                                Gauge, Bytes};
inline constexpr Metric kRuleRssMemory = {"slurm_job:rss_memory:sum_user_account", Gauge, Bytes};
inline constexpr Metric kRuleMaxMemory = {"slurm_job:max_memory:sum_user_account", Gauge, Bytes};
inline constexpr Metric kRuleAllocatedGpus = {"slurm_job:allocated_gpu:count_user_account"};
// The next two have the label gpu_type too; that of GPUs that are not idle is absent when all are.
inline constexpr Metric kRuleUsedGpus = {"slurm_job:used_gpu:sum_user_account"};
inline constexpr Metric kRuleNonIdleGpus = {"slurm_job:non_idle_gpu:sum_user_account"};
// Per second; labels fs, and operation.
inline constexpr Metric kRuleLustreOperations = {"lustre:metadata:rate3m"};
inline constexpr Metric kRuleLustreRead = {"lustre:read_bytes:rate3m", Gauge, Bytes};
inline constexpr Metric kRuleLustreWrite = {"lustre:write_bytes:rate3m", Gauge, Bytes};
// Cores of the whole cluster; recorded as often as the rules by user.
inline constexpr Metric kRuleClusterCores = {"slurm_job:allocated_core:count"};

// Metrics whose names the site configures: power of a node's chassis, priority of an account.
inline constexpr Metric kConfigured = {""};

}  // namespace portal::metric
