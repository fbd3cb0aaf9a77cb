#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "fcgi/base/language.h"
#include "fcgi/base/units.h"
#include "fcgi/config/section.h"
#include "handlers/access/audit_settings.h"
#include "handlers/background/settings.h"
#include "handlers/home/settings.h"
#include "handlers/jobs/settings.h"
#include "handlers/jobscripts/settings.h"
#include "handlers/jobstats/rules.h"
#include "handlers/jobstats/settings.h"
#include "handlers/operation/settings.h"
#include "handlers/page/sibling_settings.h"
#include "handlers/sources/prometheus/exporter_settings.h"
#include "handlers/sources/robinhood/name.h"
#include "handlers/top/settings.h"
#include "handlers/usersummary/settings.h"

namespace portal {

/// What handlers and views know of the site: [portal], and the settings of each module, whose
/// structs live with the module. Nothing secret.
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
    std::size_t settled_mib = 12;  ///< for answers about what is over, of all workers
    std::string contact;
    std::string sign_out_url;
    unsigned threads_per_core = 1;
    Seconds retention{std::chrono::hours{24 * 90}};
    Exporters exporters;
    std::vector<GpuModel> gpus;
    CostSettings cost;
    VerdictTable verdicts;
    Rules rules;  ///< about jobs: those that are shipped, as the site changed them
    AdviceSettings advice;
    JobScripts scripts;
    OperationSettings operation;
    AuditSettings audit;
    BackgroundSettings background;
    std::vector<QuotaKind> quotas;         ///< in the order of the file
    std::vector<RobinhoodName> robinhood;  ///< in the order of the file
    /// Logins by OpenStack project, for CloudExporter::Members::List.
    std::map<std::string, std::vector<std::string>> cloud_members;
    std::vector<HomeText> home;     ///< in the order of the file
    std::vector<Sibling> siblings;  ///< in the order of the file
    TopLimits top;
    std::string default_account_prefix = "def-";
    std::string fingerprint;  ///< hash of configuration and build, part of every ETag
    bool operator==(const Site&) const = default;
};

/// The sections that belong to no single module; [portal] comes first. Those of the modules are in
/// their rows (handlers/modules.h).
[[nodiscard]] std::span<const config::SectionKind<Site>> site_sections();

}  // namespace portal
