#include "fcgi/programs/doctor/prometheus/series.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "fcgi/programs/doctor/prometheus/questions.h"
#include "fcgi/programs/doctor/words.h"
#include "handlers/graphs/held.h"
#include "handlers/sources/prometheus/exporters.h"

namespace portal::doctor {
namespace {

using promql::Expr;
using promql::Selector;

/// One recording rule, and what is missing without it.
struct Rule {
    promql::Literal name;
    const char* without;
    bool gpus = false;  ///< absent where no job has GPUs
};

constexpr Rule kRules[] = {
    {metric::kRuleAllocatedCores, "allocated cores of accounts, Top"},
    {metric::kRuleUsedCores, "used cores of accounts, Top"},
    {metric::kRuleAllocatedMemory, "allocated memory of accounts, Top"},
    {metric::kRuleRssMemory, "used memory of accounts"},
    {metric::kRuleMaxMemory, "highest use of memory in Top"},
    {metric::kRuleAllocatedGpus, "allocated GPUs of accounts, Top", true},
    {metric::kRuleUsedGpus, "used GPUs of accounts, Top", true},
    {metric::kRuleNonIdleGpus, "GPUs that work at all, in Top", true},
    {metric::kRuleClusterCores, "an exact interval of the rules; accounts' own series are used"},
};
constexpr Rule kLustreRules[] = {
    {metric::kRuleLustreOperations, "operations on the home page and in Top"},
    {metric::kRuleLustreRead, "reads on the home page and in Top"},
    {metric::kRuleLustreWrite, "writes on the home page and in Top"},
};

Expr seen_in_a_day(const Selector& series) {
    return promql::count_by({}, series.present_over(kDay));
}

void examine_rules(std::span<const Rule> rules, const std::string& subject, Questions& questions,
                   Report& report) {
    const bool gpus =
        questions.number(seen_in_a_day(Selector(metric::kGpuUtilization))).has_value();
    std::size_t missing = 0;
    for (const Rule& rule : rules) {
        if (rule.gpus && !gpus) continue;
        if (questions.number(seen_in_a_day(Selector(rule.name)))) continue;
        ++missing;
        report.warn("rule " + std::string(rule.name.text()),
                    "not recorded for a day; without it: " + std::string(rule.without) +
                        "; load /usr/share/userportal/prometheus/userportal.rules.yml");
    }
    if (missing == 0) report.ok(subject, "all are recorded");
}

void examine_clusters(Questions& questions, Report& report) {
    const auto clusters = questions.values_of(
        promql::count_by({"cluster"}, Selector(metric::kCoreUsage).now()), "cluster");
    if (clusters.size() < 2) return;
    report.warn("matcher", "series of several clusters are added up: " + listed(clusters) +
                               "; set matcher = cluster=\"" + clusters.front() +
                               "\" in [prometheus]");
}

/// One thing of the world that should be one series.
struct Thing {
    const char* subject;
    Expr most;  ///< series of the thing that has most of them
    const char* what;
};

void examine_duplicates(const Site& site, Questions& questions, Report& report) {
    const auto on_nodes = [](const Selector& series) { return promql::with_node(series.now()); };
    const std::vector<Thing> things = {
        {"series of cores",
         promql::max_by({}, promql::count_by({"node", "slurmjobid", "core"},
                                             on_nodes(Selector(metric::kCoreUsage)))),
         "a core of a job"},
        {"series of GPUs",
         promql::max_by({}, promql::count_by({"node", "slurmjobid", "gpu"},
                                             on_nodes(Selector(metric::kGpuUtilization)))),
         "a GPU of a job"},
        {"series of nodes",
         promql::max_by(
             {}, promql::count_by({"node", "cpu", "mode"}, on_nodes(Selector(metric::kNodeCpu)))),
         "a CPU of a node"},
    };
    for (const Thing& thing : things) {
        const auto most = questions.number(thing.most);
        if (!most || *most < 2) continue;
        report.warn(thing.subject,
                    std::to_string(static_cast<int>(*most)) + " series of " + thing.what +
                        ": two servers, a target under two names, or two jobs of one exporter; "
                        "the portal counts it once where it can");
    }
    const auto metric = promql::MetricName::parse(site.exporters.power.metric);
    if (!site.exporters.power.enabled || !metric) return;
    const auto meters = questions.number(
        promql::max_by({}, promql::count_by({"node"}, on_nodes(Selector(*metric)))));
    if (!meters || *meters < 2 || !site.exporters.power.meter.empty()) return;
    report.warn("series of power", std::to_string(static_cast<int>(*meters)) +
                                       " series of one controller: the largest counts, as if the "
                                       "others were parts of it, or the same twice; if they add "
                                       "up, set meter in [exporter power]");
}

void examine_file_systems(const Site& site, Questions& questions, Report& report) {
    if (!site.exporters.lustre.enabled) return;
    const auto seen = questions.values_of(
        promql::count_by({"fs"}, Selector(metric::kLustreRead).present_over(kDay)), "fs");
    for (const std::string& name : site.exporters.lustre.file_systems) {
        if (std::find(seen.begin(), seen.end(), name) != seen.end()) continue;
        report.warn("file system " + name, "no series of that name in a day; there are: " +
                                               (seen.empty() ? "none" : listed(seen)) +
                                               "; see file_systems");
    }
}

void examine_quotas(const Site& site, Questions& questions, Report& report) {
    if (!site.exporters.quota.enabled) return;
    const Selector all(metric::kQuotaKbytes);
    const auto seen =
        questions.values_of(promql::count_by({"path"}, all.present_over(kDay)), "path");
    for (const QuotaKind& kind : site.quotas) {
        const std::string subject = "quota " + kind.name;
        if (std::find(seen.begin(), seen.end(), kind.path) == seen.end()) {
            report.warn(subject, "no series of path " + kind.path + " in a day; there are: " +
                                     (seen.empty() ? "none" : listed(seen)));
            continue;
        }
        const auto label = promql::LabelName::parse(kind.label);
        const Selector there = Selector(metric::kQuotaKbytes).eq("path", kind.path);
        const auto series = questions.now(there.last_over(kDay));
        const bool named = std::any_of(series.begin(), series.end(), [&](const auto& one) {
            return label && !one.label(kind.label).empty();
        });
        if (!named) report.warn(subject, "no series of that path has the label " + kind.label);
    }
}

struct Scraped {
    const char* name;
    bool enabled;
    Selector series;
    Seconds interval;
};

void examine_intervals(const Site& site, Questions& questions, Report& report) {
    const Exporters& on = site.exporters;
    const std::vector<Scraped> all = {
        {"job", on.job.enabled, Selector(metric::kMemoryUsage), on.job.interval},
        {"node", on.node.enabled, Selector(metric::kNodeCpu), on.node.interval},
        {"lustre", on.lustre.enabled, Selector(metric::kLustreRead), on.lustre.interval},
        {"gpu", on.gpu.enabled, Selector(metric::kNodeGpuPower), on.gpu.interval},
        {"quota", on.quota.enabled, Selector(metric::kQuotaKbytes), on.quota.interval},
        {"cloud", on.cloud.enabled, Selector(metric::kVmState), on.cloud.interval},
    };
    for (const Scraped& one : all) {
        if (!one.enabled) continue;
        const auto most = [&](Seconds window) {
            const auto found = questions.number(promql::max_by({}, one.series.count_over(window)));
            return MostSamples{window, found.value_or(prometheus::kGap)};
        };
        const Seconds unit = one.interval < 5 * kMinute ? kMinute : 6 * kMinute;
        const double real = interval_of(most(3 * unit - Seconds{1}), most(10 * unit - Seconds{1}));
        const auto said = static_cast<double>(one.interval.count());
        if (std::isnan(real) || real < said * 1.3) continue;
        report.warn("interval of " + std::string(one.name),
                    "samples come every " + lasting(Seconds{std::llround(real)}) +
                        ", interval_s says " + lasting(one.interval) +
                        ": graphs have gaps, set it in [exporter " + one.name + "]");
    }
}

}  // namespace

void examine_series(const Config& config, const Clock& clock, Report& report) {
    Questions questions(config, clock);
    // Only if it answers at all: another line says if it does not.
    const auto answer = questions.ask(Expr::number(1), prometheus::Grid::at_instant(clock.now()));
    if (!answer.ok()) return;
    const Site& site = config.site;
    if (site.exporters.job.enabled) {
        examine_rules(kRules, "rules of jobs", questions, report);
        examine_clusters(questions, report);
    }
    if (site.exporters.lustre.enabled) {
        examine_rules(kLustreRules, "rules of lustre", questions, report);
    }
    examine_duplicates(site, questions, report);
    examine_file_systems(site, questions, report);
    examine_quotas(site, questions, report);
    examine_intervals(site, questions, report);
}

}  // namespace portal::doctor
