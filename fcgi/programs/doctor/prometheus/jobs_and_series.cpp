#include "fcgi/programs/doctor/prometheus/jobs_and_series.h"

#include <algorithm>
#include <map>
#include <set>

#include "fcgi/base/ascii.h"
#include "fcgi/programs/doctor/prometheus/questions.h"
#include "handlers/jobs/gpu_model.h"
#include "handlers/sources/prometheus/exporters.h"
#include "handlers/sources/slurm/mysql_slurm_db.h"
#include "handlers/sources/sql/session.h"
#include "sql/slurm_queries.h"

namespace portal::doctor {
namespace {

using promql::Expr;
using promql::Selector;
using Jobs = std::vector<slurm::Job>;
using Names = std::set<std::string>;

/// A job that began just now may not be scraped yet.
constexpr Seconds kFresh{300};

/// Empty if Slurm does not answer.
std::optional<Jobs> running_jobs(const Config& config, const Clock& clock) {
    slurm::MysqlSlurmDb database(config.slurm, clock);
    auto running = database.running_in({"", Instant{}, clock.now()}, 1000);
    if (!running.ok()) return std::nullopt;
    Jobs jobs = std::move(running).value();
    std::erase_if(jobs, [&](const slurm::Job& job) {
        return !job.started || *job.started > clock.now() - kFresh;
    });
    return jobs;
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), &ascii::to_lower);
    return text;
}

std::string short_name(const std::string& host) {
    return host.substr(0, host.find('.'));
}

/// Nodes that run jobs and send nothing.
void compare_nodes(const Jobs& jobs, Questions& questions, Report& report) {
    const auto measured = questions.values_of(
        promql::count_by({"node"}, promql::with_node(Selector(metric::kCoreUsage).now())), "node");
    if (measured.empty()) return;
    Names names;  // as the portal compares them: without case and domain
    for (const std::string& name : measured) names.insert(lower(short_name(name)));
    Names silent;
    for (const slurm::Job& job : jobs) {
        for (const std::string& node : job.nodes) {
            if (!names.contains(lower(short_name(node)))) silent.insert(node);
        }
    }
    if (!silent.empty()) {
        report.warn("nodes of jobs", "jobs run there, and slurm-job-exporter sends nothing: " +
                                         listed({silent.begin(), silent.end()}));
    }
    if (silent.empty() && !jobs.empty()) {
        report.ok("nodes of jobs", "all are measured under their names");
    }
}

/// Whether jobs have as many counters of cores as Slurm gave them cores: the whole node's are shown
/// where cores are not constrained, two for each where a core has two threads.
void compare_cores(const Jobs& jobs, const Site& site, Questions& questions, Report& report) {
    std::map<std::string, double, std::less<>> given;
    for (const slurm::Job& job : jobs) {
        given[std::to_string(job.id.value)] = job.allocated.cores;
    }
    const Expr each = promql::max_by({"slurmjobid", "node", "core"},
                                     promql::with_node(Selector(metric::kCoreUsage).now()));
    double counters = 0;
    double cores = 0;
    for (const prometheus::Series& series : questions.now(promql::count_by({"slurmjobid"}, each))) {
        const auto job = given.find(series.label("slurmjobid"));
        if (job == given.end()) continue;
        counters += series.values.at(0);
        cores += job->second * site.threads_per_core;
    }
    constexpr double kFar = 1.25;
    if (counters > kFar * cores) {
        report.warn("cores of jobs",
                    "running jobs have more counters of cores than cores: ConstrainCores=yes in "
                    "cgroup.conf, and threads_per_core where a core has several threads");
    } else if (kFar * counters < cores && site.threads_per_core > 1) {
        report.warn("cores of jobs",
                    "running jobs have fewer counters of cores than "
                    "threads_per_core says: leave it out");
    }
}

/// Jobs that hold no GPU by Slurm's count, while the exporter sees one.
void compare_gpus(const Jobs& jobs, Questions& questions, Report& report) {
    const auto measured = questions.values_of(
        promql::count_by({"slurmjobid"}, Selector(metric::kGpuUtilization).now()), "slurmjobid");
    const Names with_gpu(measured.begin(), measured.end());
    std::vector<std::string> uncounted;
    for (const slurm::Job& job : jobs) {
        const std::string number = std::to_string(job.id.value);
        if (job.allocated.gpus.count == 0 && with_gpu.contains(number)) {
            uncounted.push_back(number);
        }
    }
    if (uncounted.empty()) return;
    report.warn("GPUs of jobs",
                "measured, but not counted by Slurm, in jobs " + listed(uncounted) +
                    ": is gres/gpu in AccountingStorageTRES? Shards are not counted either");
}

/// Whether the use of GPUs means what the configuration says: only DCGM knows their occupancy.
void compare_meaning(const Site& site, Questions& questions, Report& report) {
    const auto count = [&](const metric::Metric& metric) {
        return questions.number(promql::count_by({}, Selector(metric).present_over(kDay)))
            .value_or(0);
    };
    if (count(metric::kGpuUtilization) == 0) return;
    const bool by_dcgm = count(metric::kGpuOccupancy) > 0;
    if (by_dcgm == (site.exporters.job.gpu_use == JobExporter::GpuUse::Dcgm)) return;
    report.warn("use of GPUs", by_dcgm ? "the exporter has it from DCGM: set gpu_use = dcgm"
                                       : "the exporter does not have it from DCGM: set gpu_use = "
                                         "nvml");
}

/// Names after `gpu:` in Slurm's table of resources.
std::vector<std::string> gres_of(const Config& config) {
    sql::Session session(config.slurm, SourceId::Slurm);
    const sql::Statement statement{queries::kGpuResources.name, queries::kGpuResources.text};
    const auto found =
        session.read(statement, {}, [](const sql::Row& row) { return row.bytes("name"); });
    if (!found.ok()) return {};
    std::vector<std::string> names;
    for (const std::string& name : found.value()) {
        if (name.starts_with("gpu:")) names.push_back(name.substr(4));
    }
    return names;
}

std::string bare(const std::string& gres) {
    return gres.starts_with("gpu:") ? gres.substr(4) : gres;
}

bool holds(const std::vector<std::string>& all, const std::string& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

void compare_models(const Config& config, Questions& questions, Report& report) {
    const auto types = questions.values_of(
        promql::count_by({"gpu_type"}, Selector(metric::kGpuUtilization).present_over(kDay)),
        "gpu_type");
    const auto gres = gres_of(config);
    for (const std::string& type : types) {
        if (gpu_model({}, std::array{type}, config.site) != nullptr) continue;
        report.warn("gpu " + type,
                    "is measured, and no [gpu NAME] is called so: its memory and "
                    "power have no share");
    }
    for (const GpuModel& model : config.site.gpus) {
        const bool typed = holds(types, model.type) ||
                           std::any_of(types.begin(), types.end(), [&](const std::string& type) {
                               return model.type == "NVIDIA " + type;
                           });
        const bool counted = holds(gres, bare(model.gres));
        if (!typed && !types.empty()) {
            report.warn("gpu " + model.type,
                        "no gpu_type of that name was measured in a day; "
                        "there are: " +
                            listed(types));
        }
        if (!counted && !gres.empty()) {
            report.warn("gres " + model.gres,
                        "Slurm has no such resource; it has: " + listed(gres) +
                            "; see gres in [gpu " + model.type + "]");
        }
    }
}

}  // namespace

void compare_jobs_and_series(const Config& config, const Clock& clock, Report& report) {
    if (!config.site.exporters.job.enabled) return;
    Questions questions(config, clock);
    const auto one = promql::Expr::number(1);
    if (!questions.ask(one, prometheus::Grid::at_instant(clock.now())).ok()) return;
    const auto jobs = running_jobs(config, clock);
    if (!jobs) return;
    compare_nodes(*jobs, questions, report);
    compare_cores(*jobs, config.site, questions, report);
    compare_meaning(config.site, questions, report);
    compare_gpus(*jobs, questions, report);
    compare_models(config, questions, report);
}

}  // namespace portal::doctor
