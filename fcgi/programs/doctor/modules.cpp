#include "fcgi/programs/doctor/modules.h"

#include "handlers/modules.h"

namespace portal::doctor {
namespace {

void describe(const Module& module, const Site& site, Report& report) {
    std::string shown;
    std::string hidden;
    for (const Shown& part : module.shows) {
        std::string& list = part.there(site) ? shown : hidden;
        list.append(list.empty() ? "" : ", ").append(part.what);
    }
    const std::string subject = "module " + std::string(module.name);
    if (shown.empty()) return report.warn(subject, "has nothing to show: no " + hidden);
    // A module that lives of one exporter shows nothing while that one is silent.
    if (module.name == "cloudstats" && !report.is_well("exporter cloud")) {
        return report.warn(subject, "has nothing to show: see exporter cloud");
    }
    report.ok(subject, "shows " + shown + (hidden.empty() ? "" : "; not: " + hidden));
}

}  // namespace

void describe_modules(const Config& config, Report& report) {
    for (const Module& module : all_modules()) {
        if (has_module(config.site, module.name)) describe(module, config.site, report);
    }
}

}  // namespace portal::doctor
