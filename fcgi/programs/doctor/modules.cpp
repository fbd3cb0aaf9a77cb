#include <algorithm>
#include <array>

#include "fcgi/programs/doctor/parts.h"

namespace portal::doctor {
namespace {

/// What a module shows, and whether the site has what it takes.
struct Part {
    std::string_view module;
    std::string_view shows;
    bool (*there)(const Site&);
};

constexpr std::array kParts = {
    Part{"usersummary", "jobs", [](const Site&) { return true; }},
    Part{"usersummary", "current use", [](const Site& s) { return s.exporters.job.enabled; }},
    Part{"usersummary", "quotas",
         [](const Site& s) { return s.exporters.quota.enabled && !s.quotas.empty(); }},
    Part{
        "usersummary", "who looked",
        [](const Site& s) { return s.audit.enabled && s.audit.show_viewers && s.scripts.enabled; }},
    Part{"jobstats", "jobs", [](const Site&) { return true; }},
    Part{"jobstats", "cores, memory, GPUs", [](const Site& s) { return s.exporters.job.enabled; }},
    Part{"jobstats", "file systems", [](const Site& s) { return s.exporters.lustre.enabled; }},
    Part{"jobstats", "whole nodes", [](const Site& s) { return s.exporters.node.enabled; }},
    Part{"jobstats", "energy", [](const Site& s) { return s.exporters.power.enabled; }},
    Part{"jobstats", "cost",
         [](const Site& s) { return s.cost.cpu_core_hour || s.cost.electricity_per_kwh; }},
    Part{"jobstats", "uploaded scripts", [](const Site& s) { return s.scripts.enabled; }},
    Part{"accountstats", "use by member", [](const Site& s) { return s.exporters.job.enabled; }},
    Part{"accountstats", "priority", [](const Site& s) { return s.exporters.account.enabled; }},
    Part{"quotas", "projects of Robinhood", [](const Site& s) { return !s.robinhood.empty(); }},
    Part{"cloudstats", "virtual machines", [](const Site& s) { return s.exporters.cloud.enabled; }},
    Part{"top", "cores, memory, GPUs", [](const Site& s) { return s.exporters.job.enabled; }},
    Part{"top", "file systems", [](const Site& s) { return s.exporters.lustre.enabled; }},
};

void describe(std::string_view module, const Site& site, Report& report) {
    std::string shown;
    std::string hidden;
    for (const Part& part : kParts) {
        if (part.module != module) continue;
        std::string& list = part.there(site) ? shown : hidden;
        list.append(list.empty() ? "" : ", ").append(part.shows);
    }
    const std::string subject = "module " + std::string(module);
    if (shown.empty()) return report.warn(subject, "has nothing to show: no " + hidden);
    report.ok(subject, "shows " + shown + (hidden.empty() ? "" : "; not: " + hidden));
}

}  // namespace

void describe_modules(const Config& config, Report& report) {
    const auto& enabled = config.site.modules;
    for (const std::string_view module : kModuleNames) {
        if (std::find(enabled.begin(), enabled.end(), module) != enabled.end()) {
            describe(module, config.site, report);
        }
    }
}

}  // namespace portal::doctor
