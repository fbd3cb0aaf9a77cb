#pragma once

#include "handlers/sources/prometheus/promql.h"

/// Every metric the portal reads, once, with its type, unit and exporter. C counter, G gauge, R
/// rule.
namespace portal::metric {

using promql::Literal;

// slurm-job-exporter: labels user, account, slurmjobid; one series per job and node unless said.
inline constexpr Literal kCoreUsage =
    "slurm_job_core_usage_total";                                  ///< C ns, per core (label core)
inline constexpr Literal kMemoryLimit = "slurm_job_memory_limit";  ///< G bytes; 2^63 = no limit
inline constexpr Literal kMemoryMax = "slurm_job_memory_max";      ///< G bytes, page cache included
inline constexpr Literal kMemoryUsage = "slurm_job_memory_usage";  ///< G bytes, page cache included
inline constexpr Literal kMemoryCache = "slurm_job_memory_cache";  ///< G bytes
inline constexpr Literal kMemoryRss = "slurm_job_memory_rss";      ///< G bytes
inline constexpr Literal kMemoryRssHuge = "slurm_job_memory_rss_huge";
inline constexpr Literal kMemoryMappedFile = "slurm_job_memory_mapped_file";
inline constexpr Literal kMemoryActiveFile = "slurm_job_memory_active_file";
inline constexpr Literal kMemoryInactiveFile = "slurm_job_memory_inactive_file";
inline constexpr Literal kMemoryUnevictable = "slurm_job_memory_unevictable";
inline constexpr Literal kGpuUtilization = "slurm_job_utilization_gpu";  ///< G %, per GPU
inline constexpr Literal kGpuMemoryUtilization = "slurm_job_utilization_gpu_memory";  ///< G %
inline constexpr Literal kGpuMemoryUsed = "slurm_job_memory_usage_gpu";   ///< G bytes, per GPU
inline constexpr Literal kGpuMemoryTotal = "slurm_job_memory_total_gpu";  ///< G bytes, per GPU
inline constexpr Literal kGpuPower = "slurm_job_power_gpu";               ///< G milliwatts, per GPU
inline constexpr Literal kGpuPcie = "slurm_job_pcie_gpu";  ///< G, unit by version; label direction
inline constexpr Literal kGpuPcieTotal = "slurm_job_pcie_gpu_total";  ///< C bytes, 0.0.7 to 0.0.12
inline constexpr Literal kProcessCount = "slurm_job_process_count";   ///< G processes
inline constexpr Literal kThreadsCount = "slurm_job_threads_count";   ///< G threads; label state
inline constexpr Literal kProcessUsage =
    "slurm_job_process_usage_total";  ///< C CPU s, may fall; label exe

// lustre_exporter behind its Slurm proxy: labels component, target, jobid, fs, user, account.
inline constexpr Literal kLustreOperations = "lustre_job_stats_total";   ///< C operations
inline constexpr Literal kLustreRead = "lustre_job_read_bytes_total";    ///< C bytes
inline constexpr Literal kLustreWrite = "lustre_job_write_bytes_total";  ///< C bytes

// node_exporter
inline constexpr Literal kNodeCpu = "node_cpu_seconds_total";  ///< C s, per logical CPU and mode
inline constexpr Literal kInfinibandReceived =
    "node_infiniband_port_data_received_bytes_total";  ///< C bytes, per device and port
inline constexpr Literal kInfinibandTransmitted =
    "node_infiniband_port_data_transmitted_bytes_total";
inline constexpr Literal kDiskReads = "node_disk_reads_completed_total";    ///< C operations
inline constexpr Literal kDiskWrites = "node_disk_writes_completed_total";  ///< C operations
inline constexpr Literal kDiskReadBytes = "node_disk_read_bytes_total";     ///< C bytes
inline constexpr Literal kDiskWrittenBytes = "node_disk_written_bytes_total";
inline constexpr Literal kFilesystemSize = "node_filesystem_size_bytes";  ///< G bytes
inline constexpr Literal kFilesystemAvailable = "node_filesystem_avail_bytes";
inline constexpr Literal kNetworkReceived =
    "node_network_receive_bytes_total";  ///< C bytes, per device
inline constexpr Literal kNetworkTransmitted = "node_network_transmit_bytes_total";

// nvidia_gpu_prometheus_exporter
inline constexpr Literal kNodeGpuPower = "nvidia_gpu_power_usage_milliwatts";  ///< G mW, per GPU

// libvirtd_exporter: labels uuid, instance_name, instance_type, project_name; running machines
// only.
inline constexpr Literal kVmState = "libvirtd_domain_domain_state";  ///< G enum, 1 runs, 3 paused
inline constexpr Literal kVmCpuTime = "libvirtd_domain_vcpu_time";   ///< C ns, per vcpu
inline constexpr Literal kVmMemory = "libvirtd_domain_balloon_current";  ///< G KiB
inline constexpr Literal kVmMemoryUsable =
    "libvirtd_domain_balloon_usable";  ///< G KiB; only with a balloon driver in the machine
inline constexpr Literal kVmReadBytes =
    "libvirtd_domain_block_read_bytes";  ///< C bytes, per device (a number)
inline constexpr Literal kVmWriteBytes = "libvirtd_domain_block_write_bytes";
inline constexpr Literal kVmReadRequests = "libvirtd_domain_block_read_requests";  ///< C requests
inline constexpr Literal kVmWriteRequests = "libvirtd_domain_block_write_requests";
inline constexpr Literal kVmReceivedBytes =
    "libvirtd_domain_net_rx_bytes";  ///< C bytes, per interface
inline constexpr Literal kVmSentBytes = "libvirtd_domain_net_tx_bytes";

// Quota exporter: label path, and one whose name is the site's with the name of user or group. A
// user or group with next to nothing has no series.
inline constexpr Literal kQuotaInodes = "lfs_quota_inodes";  ///< G entries used
inline constexpr Literal kQuotaKbytes = "lfs_quota_kbytes";  ///< G KiB used

// Recording rules of the site, shipped in rpm/prometheus: labels user, account, cluster.
inline constexpr Literal kRuleAllocatedCores =
    "slurm_job:allocated_core:count_user_account";                                 ///< R cores
inline constexpr Literal kRuleUsedCores = "slurm_job:used_core:sum_user_account";  ///< R cores
inline constexpr Literal kRuleAllocatedMemory =
    "slurm_job:allocated_memory:sum_user_account";                                  ///< R bytes
inline constexpr Literal kRuleRssMemory = "slurm_job:rss_memory:sum_user_account";  ///< R bytes
inline constexpr Literal kRuleMaxMemory = "slurm_job:max_memory:sum_user_account";  ///< R bytes
inline constexpr Literal kRuleAllocatedGpus =
    "slurm_job:allocated_gpu:count_user_account";  ///< R GPUs
inline constexpr Literal kRuleUsedGpus =
    "slurm_job:used_gpu:sum_user_account";  ///< R GPUs; also gpu_type
inline constexpr Literal kRuleNonIdleGpus =
    "slurm_job:non_idle_gpu:sum_user_account";  ///< R GPUs; also gpu_type; absent when all idle

inline constexpr Literal kRuleLustreOperations =
    "lustre:metadata:rate3m";  ///< R operations/s; labels fs, operation
inline constexpr Literal kRuleLustreRead = "lustre:read_bytes:rate3m";    ///< R bytes/s; label fs
inline constexpr Literal kRuleLustreWrite = "lustre:write_bytes:rate3m";  ///< R bytes/s; label fs

/// R cores of the whole cluster; recorded as often as the rules by user
inline constexpr Literal kRuleClusterCores = "slurm_job:allocated_core:count";

}  // namespace portal::metric
