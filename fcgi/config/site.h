#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fcgi/base/language.h"
#include "fcgi/base/units.h"

namespace portal {

struct IdentitySettings {
    std::vector<std::string> auth_types;
    std::string user_variable = "REMOTE_USER";
    std::string affiliation_variable = "affiliation";
    std::string session_variable = "Shib-Session-ID";
    std::vector<std::string> domains;
    std::string default_domain;
    std::vector<std::string> staff;
    std::string sign_out_url;  ///< Shibboleth's, unless the file names another
};

struct JobExporter {
    enum class Pcie { None, KilobytesPerSecond, BytesPerSecond, Counter };
    bool enabled = false;
    std::uint16_t port = 9798;
    Seconds interval{30};
    Pcie pcie = Pcie::BytesPerSecond;
};

struct NodeExporter {
    bool enabled = false;
    std::uint16_t port = 9100;
    Seconds interval{30};
    std::vector<std::string> disk_devices{"nvme0n1", "sda"};
    std::string scratch_mount = "/localscratch";
    std::string domain;
};

struct LustreExporter {
    bool enabled = false;
    Seconds interval{60};
    std::vector<std::string> file_systems;
};

struct PowerExporter {
    bool enabled = false;
    Seconds interval{60};
    std::string metric = "redfish_chassis_power_average_consumed_watts";
    std::string suffix = "-oob";
};

struct GpuExporter {
    bool enabled = false;
    std::uint16_t port = 9445;
    Seconds interval{30};
};

/// Priority of accounts: slurm_account_levelfs.
struct AccountExporter {
    bool enabled = false;
    Seconds interval{60};
    std::string metric = "slurm_account_levelfs";
};

/// Quotas of the file systems: lfs_quota_inodes, lfs_quota_kbytes.
struct QuotaExporter {
    bool enabled = false;
    Seconds interval{300};
};

/// Virtual machines: libvirtd_domain_*.
struct CloudExporter {
    /// Who may see an OpenStack project: the members of the allocation of that name, or those of
    /// the list.
    enum class Members { Allocation, List };
    bool enabled = false;
    Seconds interval{60};
    Members members = Members::Allocation;
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
};

/// One kind of quota on the summary page: a path of the quota exporter, and whose name its label
/// carries.
struct QuotaKind {
    enum class Owner { User, Allocation };
    std::string name;
    LocalText title;
    std::string path;
    std::string label = "project";
    Owner owner = Owner::User;
    std::optional<double> inodes;  ///< limit; empty: none known (those of allocations are in LDAP)
    std::optional<double> gib;     ///< limit; empty: none known
};

/// A Robinhood database, as far as pages know it: its file system, and which of the two storages
/// that allocations have lie there.
struct RobinhoodName {
    std::string name;
    LocalText title;
    bool project = true;
    bool nearline = true;
};

/// One text of the home page.
struct HomeText {
    LocalText title;
    LocalText text;
    std::string link;  ///< https://... or a path; empty: none
    LocalText link_text;
};

/// The portal of another cluster, to which every page links.
struct Sibling {
    LocalText title;
    std::string url;                   ///< of its home page, without the final slash
    std::vector<std::string> modules;  ///< those that it shows
};

/// When the Top pages mark a use as poor, in percent of what is allocated, and whom they list.
struct TopLimits {
    unsigned users = 100;
    double cores_good = 90;
    double cores_poor = 75;
    double memory_good = 50;
    double memory_poor = 10;
    double memory_least_gib = 1;  ///< less than this allocated is not judged
    double largemem_cores_good = 90;
    double largemem_memory_good = 50;
    double largemem_memory_least_gib = 4;                   ///< using less than this is poor
    std::string largemem_partition = "large";               ///< a part of the partition's name
    Seconds largemem_after{std::chrono::hours{1}};          ///< younger jobs are not listed
    Seconds largemem_eligible{std::chrono::hours{24 * 7}};  ///< nor those eligible before that
    unsigned lustre_users = 5;
};

/// One GPU model, named as in the label gpu_type.
struct GpuModel {
    std::string type;
    std::string label;
    std::string gres;
    double memory_gib = 0;
    [[nodiscard]] double memory_bytes() const { return memory_gib * kGibibyte; }
    double power_w = 0;
    double idle_power_w = 0;
};

/// Costs; an absent one makes its row vanish.
struct CostSettings {
    std::string currency = "CAD";
    std::optional<double> electricity_per_kwh;
    std::optional<double> cooling_per_kwh;
    std::optional<double> cpu_core_hour;
    std::optional<double> gpu_hour;
    std::optional<double> amortization_years;
    std::optional<double> co2_kg_per_mwh;
    std::optional<double> car_km_per_kwh;
    std::string car_model;
    std::optional<double> cloud_cpu_core_hour;
    std::optional<double> cloud_gpu_hour;
    std::string cloud_cpu_instance;
    std::string cloud_gpu_instance;
};

/// Limits of one verdict, in percent of what the job had.
struct VerdictLimits {
    double good = 75;
    double poor = 40;
    LocalText poor_text;  ///< empty: the portal's own sentence
};

/// Keys: time, cores, memory, gpu, gpu_memory.
using VerdictTable = std::map<std::string, VerdictLimits>;

/// Scripts of jobs that come through the API; switched on by a database of the portal's own.
struct JobScripts {
    bool enabled = false;
    std::size_t largest = std::size_t{4} << 20U;  ///< bytes of one script
};

/// Who may look after the portal.
struct OperationSettings {
    std::string networks;  ///< beside this machine: addresses or ADDRESS/BITS, comma separated
};

/// Records of staff who looked at other people's data.
struct AuditSettings {
    bool enabled = true;
    bool show_viewers = true;  ///< people see on their summary page who looked
    std::string spool = "/var/lib/userportal/audit";  ///< folder for records not yet stored
};

/// Modules that a site may switch on; the home page is always there.
inline constexpr std::array<std::string_view, 6> kModuleNames = {
    "usersummary", "jobstats", "accountstats", "quotas", "cloudstats", "top"};

/// What handlers and views know of the site; nothing secret.
struct Site {
    enum class Mode { Production, Local };
    Mode mode = Mode::Production;
    std::string cluster;
    LocalText title;
    std::string base_path;
    Language default_language = Language::English;
    bool log_queries = false;  ///< debug lines too: each query with its time and size
    bool pseudo_language =
        false;  ///< other languages mark each text with ⟦⟧ (tests; local mode only)
    std::vector<std::string> modules{"usersummary", "jobstats", "accountstats", "top"};
    Milliseconds deadline{10000};
    std::string contact;
    std::string sign_out_url;
    unsigned threads_per_core = 1;
    Seconds retention{std::chrono::hours{24 * 90}};
    Exporters exporters;
    std::vector<GpuModel> gpus;
    CostSettings cost;
    VerdictTable verdicts;
    JobScripts scripts;
    OperationSettings operation;
    AuditSettings audit;
    std::vector<QuotaKind> quotas;         ///< in the order of the file
    std::vector<RobinhoodName> robinhood;  ///< in the order of the file
    /// Logins by OpenStack project, for CloudExporter::Members::List.
    std::map<std::string, std::vector<std::string>> cloud_members;
    std::vector<HomeText> home;     ///< in the order of the file
    std::vector<Sibling> siblings;  ///< in the order of the file
    TopLimits top;
    std::string default_account_prefix = "def-";
    std::string fingerprint;  ///< hash of configuration and build, part of every ETag
};

}  // namespace portal
