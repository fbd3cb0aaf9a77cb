#pragma once

#include "handlers/sources/prometheus/promql.h"

/// Every metric the portal reads, once: its name, kind and unit, and what its samples can be, by
/// exporter. A unit test fails on one that nothing reads.
namespace portal::metric {

/// A gauge says how much there is, a counter how much there was since it began.
enum class Kind { Gauge, Counter };

/// What one sample counts. Plain: cores, GPUs, files, operations ...
enum class Unit {
    Plain,
    Seconds,
    Nanoseconds,
    Bytes,
    Kilobytes,
    Kibibytes,
    Watts,
    Milliwatts,
    Percent
};

/// Whose machines the exporter tells of: these may have labels of their own.
enum class Machines { Cluster, Cloud };

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
        case Unit::Watts:
            break;
    }
    return 1;
}

/// What a sample can physically be, in the metric's own unit; of a counter, the growth of one
/// series in a second. Exporters write numbers such as 2^47, 2^63 or -1 where they know none, and
/// those must fall out; what a thing of this site holds is not known here. A selector of the metric
/// drops what is outside: see Selector in promql.h.
using promql::Bounds;

/// The name of a metric, and what its samples are.
struct Metric : promql::Literal {
    Kind kind = Kind::Gauge;
    Unit unit = Unit::Plain;
    Bounds bounds = {};
    Machines machines = Machines::Cluster;

    /// A sample, or the rate of a counter, in the base unit.
    [[nodiscard]] constexpr double base(double value) const { return value / per_base(unit); }
};

using enum Kind;
using enum Unit;

inline constexpr Bounds kShare = {0, 100.5};    // percent; a quotient may be a trifle above
inline constexpr Bounds kMemory = {0, 0x1p46};  // 64 TiB, and below the blank value 2^47
inline constexpr Bounds kCardMemory = {0, 0x1p40};
inline constexpr Bounds kTraffic = {0, 1e13};      // bytes in a second
inline constexpr Bounds kTrafficKilo = {0, 1e10};  // the same in kB
inline constexpr Bounds kOperations = {0, 1e9};    // in a second
inline constexpr Bounds kSpace = {0, 0x1p62};
/// A thread of a core, give or take the moment at which its counter was read.
inline constexpr double kThread = 1.25;
inline constexpr Bounds kCardMilliwatts = {1, 5e6};  // a card that is there takes some
inline constexpr Bounds kChassis = {1, 5e4};         // below the blank value 65535
inline constexpr Bounds kHeld = {0, 1e8};            // cores or GPUs of a cluster
inline constexpr Bounds kHeldMemory = {0, 0x1p60};

// slurm-job-exporter: labels user, account, slurmjobid; one series per job and node unless said.
inline constexpr Metric kCoreUsage = {
    "slurm_job_core_usage_total", Counter, Nanoseconds, {0, kThread * 1e9}};  // core
inline constexpr Metric kMemoryLimit = {"slurm_job_memory_limit", Gauge, Bytes,
                                        kMemory};  // 2^63: no limit
inline constexpr Metric kMemoryMax = {"slurm_job_memory_max", Gauge, Bytes,
                                      kMemory};  // with page cache
inline constexpr Metric kMemoryUsage = {"slurm_job_memory_usage", Gauge, Bytes,
                                        kMemory};  // with page cache
inline constexpr Metric kMemoryCache = {"slurm_job_memory_cache", Gauge, Bytes, kMemory};
inline constexpr Metric kMemoryRss = {"slurm_job_memory_rss", Gauge, Bytes, kMemory};
inline constexpr Metric kMemoryRssHuge = {"slurm_job_memory_rss_huge", Gauge, Bytes, kMemory};
inline constexpr Metric kMemoryMappedFile = {"slurm_job_memory_mapped_file", Gauge, Bytes, kMemory};
inline constexpr Metric kMemoryActiveFile = {"slurm_job_memory_active_file", Gauge, Bytes, kMemory};
inline constexpr Metric kMemoryInactiveFile = {"slurm_job_memory_inactive_file", Gauge, Bytes,
                                               kMemory};
inline constexpr Metric kMemoryUnevictable = {"slurm_job_memory_unevictable", Gauge, Bytes,
                                              kMemory};
inline constexpr Metric kThreads = {"slurm_job_threads_count", Gauge, Plain, {0, 1e6}};  // state
/// Of the processes that are there, so it falls when one ends; executables of more than a minute.
inline constexpr Metric kProcessUsage = {
    "slurm_job_process_usage_total", Counter, Seconds, {0, 4096}};  // exe, a path
// One series per GPU, with the labels gpu and gpu_type.
inline constexpr Metric kGpuUtilization = {"slurm_job_utilization_gpu", Gauge, Percent, kShare};
inline constexpr Metric kGpuMemoryUtilization = {"slurm_job_utilization_gpu_memory", Gauge, Percent,
                                                 kShare};
// Only with DCGM.
inline constexpr Metric kGpuOccupancy = {"slurm_job_sm_occupancy_gpu", Gauge, Percent, kShare};
inline constexpr Metric kGpuMemoryUsed = {"slurm_job_memory_usage_gpu", Gauge, Bytes, kCardMemory};
inline constexpr Metric kGpuMemoryTotal = {"slurm_job_memory_total_gpu", Gauge, Bytes, {1, 0x1p40}};
inline constexpr Metric kGpuPower = {"slurm_job_power_gpu", Gauge, Milliwatts, kCardMilliwatts};
// PCIe traffic, with the label direction: kB/s before 0.0.7, counters to 0.0.12, then bytes/s.
inline constexpr Metric kGpuPcie = {"slurm_job_pcie_gpu", Gauge, Bytes, kTraffic};
inline constexpr Metric kGpuPcieKilobytes = {"slurm_job_pcie_gpu", Gauge, Kilobytes, kTrafficKilo};
inline constexpr Metric kGpuPcieTotal = {"slurm_job_pcie_gpu_total", Counter, Bytes, kTraffic};

// lustre_exporter behind its Slurm proxy: labels component, target, jobid, fs, user, account.
inline constexpr Metric kLustreOperations = {"lustre_job_stats_total", Counter, Plain, kOperations};
/// Requests to read and to write, as object servers got them.
inline constexpr Metric kLustreReads = {"lustre_job_read_samples_total", Counter, Plain,
                                        kOperations};
inline constexpr Metric kLustreWrites = {"lustre_job_write_samples_total", Counter, Plain,
                                         kOperations};
inline constexpr Metric kLustreRead = {"lustre_job_read_bytes_total", Counter, Bytes, kTraffic};
inline constexpr Metric kLustreWrite = {"lustre_job_write_bytes_total", Counter, Bytes, kTraffic};

// node_exporter: per logical CPU and mode; InfiniBand per device and port; disks and network
// per device, virtual ones included.
inline constexpr Metric kNodeCpu = {"node_cpu_seconds_total", Counter, Seconds, {0, kThread}};
inline constexpr Metric kInfinibandReceived = {"node_infiniband_port_data_received_bytes_total",
                                               Counter, Bytes, kTraffic};
inline constexpr Metric kInfinibandTransmitted = {
    "node_infiniband_port_data_transmitted_bytes_total", Counter, Bytes, kTraffic};
inline constexpr Metric kEthernetReceived = {"node_network_receive_bytes_total", Counter, Bytes,
                                             kTraffic};
inline constexpr Metric kEthernetTransmitted = {"node_network_transmit_bytes_total", Counter, Bytes,
                                                kTraffic};
inline constexpr Metric kDiskReads = {"node_disk_reads_completed_total", Counter, Plain,
                                      kOperations};
inline constexpr Metric kDiskWrites = {"node_disk_writes_completed_total", Counter, Plain,
                                       kOperations};
inline constexpr Metric kDiskReadBytes = {"node_disk_read_bytes_total", Counter, Bytes, kTraffic};
inline constexpr Metric kDiskWrittenBytes = {"node_disk_written_bytes_total", Counter, Bytes,
                                             kTraffic};
inline constexpr Metric kFilesystemSize = {"node_filesystem_size_bytes", Gauge, Bytes, kSpace};
inline constexpr Metric kFilesystemAvailable = {"node_filesystem_avail_bytes", Gauge, Bytes,
                                                kSpace};

// nvidia_gpu_prometheus_exporter: per GPU
inline constexpr Metric kNodeGpuPower = {"nvidia_gpu_power_usage_milliwatts", Gauge, Milliwatts,
                                         kCardMilliwatts};

// libvirtd_exporter: labels uuid, instance_name, instance_type, project_name; of some
// exporters running machines only.
inline constexpr Metric kVmState = {"libvirtd_domain_domain_state",
                                    Gauge,
                                    Plain,
                                    {0, 100},
                                    Machines::Cloud};  // of libvirt: up to 2 runs, 3 paused
inline constexpr Bounds kVmIsOn = {0, 3};
inline constexpr Metric kVmCpuTime = {"libvirtd_domain_vcpu_time",
                                      Counter,
                                      Nanoseconds,
                                      {0, kThread * 1e9},
                                      Machines::Cloud};  // vcpu
inline constexpr Metric kVmMemory = {
    "libvirtd_domain_balloon_current", Gauge, Kibibytes, {0, 0x1p36}, Machines::Cloud};
// Only with a balloon driver in the machine.
inline constexpr Metric kVmMemoryUsable = {
    "libvirtd_domain_balloon_usable", Gauge, Kibibytes, {0, 0x1p36}, Machines::Cloud};
// Per device, a number; and per interface.
inline constexpr Metric kVmReadBytes = {"libvirtd_domain_block_read_bytes", Counter, Bytes,
                                        kTraffic, Machines::Cloud};
inline constexpr Metric kVmWriteBytes = {"libvirtd_domain_block_write_bytes", Counter, Bytes,
                                         kTraffic, Machines::Cloud};
inline constexpr Metric kVmReadRequests = {"libvirtd_domain_block_read_requests", Counter, Plain,
                                           kOperations, Machines::Cloud};
inline constexpr Metric kVmWriteRequests = {"libvirtd_domain_block_write_requests", Counter, Plain,
                                            kOperations, Machines::Cloud};
inline constexpr Metric kVmReceivedBytes = {"libvirtd_domain_net_rx_bytes", Counter, Bytes,
                                            kTraffic, Machines::Cloud};
inline constexpr Metric kVmSentBytes = {"libvirtd_domain_net_tx_bytes", Counter, Bytes, kTraffic,
                                        Machines::Cloud};

// Quota exporter: label path, and one whose name is the site's with the name of user or group. A
// user or group with next to nothing has no series.
inline constexpr Metric kQuotaInodes = {"lfs_quota_inodes", Gauge, Plain, {0, 1e15}};
inline constexpr Metric kQuotaKbytes = {"lfs_quota_kbytes", Gauge, Kibibytes, {0, 0x1p52}};

// Recording rules of the site, shipped in rpm/prometheus: labels user, account, cluster.
inline constexpr Metric kRuleAllocatedCores = {"slurm_job:allocated_core:count_user_account", Gauge,
                                               Plain, kHeld};
inline constexpr Metric kRuleUsedCores = {"slurm_job:used_core:sum_user_account", Gauge, Plain,
                                          kHeld};
inline constexpr Metric kRuleAllocatedMemory = {"slurm_job:allocated_memory:sum_user_account",
                                                Gauge, Bytes, kHeldMemory};
inline constexpr Metric kRuleRssMemory = {"slurm_job:rss_memory:sum_user_account", Gauge, Bytes,
                                          kHeldMemory};
inline constexpr Metric kRuleMaxMemory = {"slurm_job:max_memory:sum_user_account", Gauge, Bytes,
                                          kHeldMemory};
inline constexpr Metric kRuleAllocatedGpus = {"slurm_job:allocated_gpu:count_user_account", Gauge,
                                              Plain, kHeld};
// The next two have the label gpu_type too; that of GPUs that are not idle is absent when all are.
inline constexpr Metric kRuleUsedGpus = {"slurm_job:used_gpu:sum_user_account", Gauge, Plain,
                                         kHeld};
inline constexpr Metric kRuleNonIdleGpus = {"slurm_job:non_idle_gpu:sum_user_account", Gauge, Plain,
                                            kHeld};
// Parts of the sums above that have no counterpart; absent where there are none: GPUs that do not
// tell their use, memory of jobs that have no limit.
inline constexpr Metric kRuleUnmeasuredGpus = {"slurm_job:unmeasured_gpu:count_user_account", Gauge,
                                               Plain, kHeld};
inline constexpr Metric kRuleUnlimitedRss = {"slurm_job:unlimited_rss_memory:sum_user_account",
                                             Gauge, Bytes, kHeldMemory};
inline constexpr Metric kRuleUnlimitedMax = {"slurm_job:unlimited_max_memory:sum_user_account",
                                             Gauge, Bytes, kHeldMemory};
// Per second; labels fs, and operation.
inline constexpr Metric kRuleLustreOperations = {"lustre:metadata:rate3m", Gauge, Plain, {0, 1e12}};
inline constexpr Metric kRuleLustreRead = {"lustre:read_bytes:rate3m", Gauge, Bytes, {0, 1e15}};
inline constexpr Metric kRuleLustreWrite = {"lustre:write_bytes:rate3m", Gauge, Bytes, {0, 1e15}};
// Cores of the whole cluster; recorded as often as the rules by user.
inline constexpr Metric kRuleClusterCores = {"slurm_job:allocated_core:count", Gauge, Plain, kHeld};

// Metrics whose names the site configures: power of a node's chassis, priority of an account.
inline constexpr Metric kChassisPower = {"", Gauge, Watts, kChassis};
inline constexpr Metric kConfigured = {""};

}  // namespace portal::metric
