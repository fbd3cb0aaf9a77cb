#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "fcgi/base/units.h"
#include "fcgi/config/ini.h"

namespace portal {

struct JobExporter {
    enum class Pcie { None, KilobytesPerSecond, BytesPerSecond, Counter };
    /// What the exporter asks for the use of a GPU: NVML has the share of the time in which
    /// something was computed, DCGM the mean share of its multiprocessors that computed.
    enum class GpuUse { Nvml, Dcgm };
    bool enabled = false;
    std::uint16_t port = 9798;
    Seconds interval{30};
    Pcie pcie = Pcie::BytesPerSecond;
    GpuUse gpu_use = GpuUse::Nvml;
    bool operator==(const JobExporter&) const = default;
};

struct NodeExporter {
    bool enabled = false;
    std::uint16_t port = 9100;
    Seconds interval{30};
    std::vector<std::string> disk_devices{"nvme0n1", "sda"};
    std::string scratch_mount = "/localscratch";
    std::string domain;
    bool operator==(const NodeExporter&) const = default;
};

struct LustreExporter {
    bool enabled = false;
    Seconds interval{60};
    std::vector<std::string> file_systems;
    bool operator==(const LustreExporter&) const = default;
};

struct PowerExporter {
    bool enabled = false;
    Seconds interval{60};
    std::string metric = "redfish_chassis_power_average_consumed_watts";
    std::string suffix = "-oob";
    /// The label that tells meters of one controller apart whose power adds up; empty: the largest
    /// is that of the whole node.
    std::string meter{};
    bool operator==(const PowerExporter&) const = default;
};

struct GpuExporter {
    bool enabled = false;
    std::uint16_t port = 9445;
    Seconds interval{30};
    bool operator==(const GpuExporter&) const = default;
};

/// Priority of accounts: slurm_account_levelfs.
struct AccountExporter {
    bool enabled = false;
    Seconds interval{60};
    std::string metric = "slurm_account_levelfs";
    bool operator==(const AccountExporter&) const = default;
};

/// Quotas of the file systems: lfs_quota_inodes, lfs_quota_kbytes.
struct QuotaExporter {
    bool enabled = false;
    Seconds interval{300};
    bool operator==(const QuotaExporter&) const = default;
};

/// Virtual machines: libvirtd_domain_*.
struct CloudExporter {
    /// Who may see an OpenStack project: the members of the allocation of that name, or those of
    /// the list.
    enum class Members { Allocation, List };
    bool enabled = false;
    Seconds interval{60};
    Members members = Members::Allocation;
    std::string matcher{};  ///< in place of that of [prometheus]; empty: that one
    bool operator==(const CloudExporter&) const = default;
};

struct Exporters {
    JobExporter job;
    NodeExporter node;
    LustreExporter lustre;
    PowerExporter power;
    GpuExporter gpu;
    AccountExporter account;
    QuotaExporter quota;
    CloudExporter cloud;
    bool operator==(const Exporters&) const = default;
};

/// Reads one [exporter NAME]; it is on then, unless it says otherwise. Throws ConfigError.
void read_exporter(const ini::File& file, const ini::Section& section, Exporters& exporters);

}  // namespace portal
