#include <algorithm>
#include <cmath>

#include "exporters.h"
#include "lustre.h"
#include "people.h"
#include "physics.h"
#include "random.h"
#include "storage.h"

namespace portal::simulator {

void expose_metadata_server(const Simulation& simulation, unsigned file_system, Sink& sink);
void expose_object_server(const Simulation& simulation, unsigned file_system, Sink& sink);
void expose_accounts(const Settings& settings, UnixTime time, Sink& sink);
void expose_quotas(const Settings& settings, UnixTime time, Sink& sink);

namespace {

constexpr unsigned kStripes = 2;  // targets that one job uses
constexpr std::string_view kOperationsHelp = "Number of operations the filesystem has performed.";
constexpr std::string_view kReadHelp = "The total number of bytes that have been read.";
constexpr std::string_view kWriteHelp = "The total number of bytes that have been written.";

/// Seconds of mean load that the server has had; busier by day.
double load_seconds(const Simulation& simulation) {
    constexpr double kUptime = 30 * 86400.0;
    return day_pattern_integral(static_cast<double>(simulation.time())) -
           day_pattern_integral(static_cast<double>(simulation.begin()) - kUptime);
}

/// Labels as the proxy in front of the exporter completes them.
std::string job_labels(const Simulation& simulation, const Job& job, std::string_view component,
                       std::string_view operation, const std::string& target) {
    std::string labels = "account=\"" + job.account + "\",component=\"" + std::string(component) +
                         "\",fs=\"" + simulation.cluster().file_systems[job.does.file_system] +
                         "\",jobid=\"" + std::to_string(job.id) + '"';
    if (!operation.empty()) labels += ",operation=\"" + std::string(operation) + '"';
    return labels + ",target=\"" + target + "\",user=\"" + std::string(job.login()) + '"';
}

std::string stranger_labels(const Stranger& stranger, const std::string& file_system,
                            std::string_view component, std::string_view operation,
                            const std::string& target) {
    std::string labels;
    const auto add = [&](std::string_view name, std::string_view value) {
        if (value.empty()) return;
        labels.append(labels.empty() ? "" : ",").append(name).append("=\"");
        labels.append(value).append("\"");
    };
    add("application", stranger.application);
    add("component", component);
    add("fs", file_system);
    add("jobid", stranger.jobid);
    add("operation", operation);
    add("target", target);
    add("user", stranger.user);
    return labels;
}

std::string object_target(const Simulation& simulation, unsigned file_system,
                          std::uint64_t number) {
    return simulation.cluster().file_systems[file_system] + "-OST000" + std::to_string(number);
}

void expose_amounts(const Simulation& simulation, unsigned file_system, Sink& sink,
                    std::string_view name, std::string_view help,
                    double (*amount)(const Job&, double)) {
    sink.family(name, "counter", help);
    each_lustre_job(simulation, file_system, [&](const Job& job, double t) {
        for (unsigned stripe = 0; stripe < kStripes; ++stripe) {
            const std::uint64_t number = (job.does.seed + stripe) % kObjectTargets;
            sink.sample(job_labels(simulation, job, "ost", "",
                                   object_target(simulation, file_system, number)),
                        std::floor(amount(job, t) / kStripes));
        }
    });
    const double seconds = stranger_seconds(simulation, simulation.time());
    if (seconds <= 0 || name != "lustre_job_read_bytes_total") return;
    for (const Stranger& stranger : kStrangers) {
        const std::string target = object_target(simulation, file_system, 0);
        sink.sample(stranger_labels(stranger, simulation.cluster().file_systems[file_system], "ost",
                                    "", target),
                    std::floor(stranger.read * seconds));
    }
}

void expose_server_bytes(const Simulation& simulation, unsigned file_system, Sink& sink,
                         std::string_view name, std::string_view help, double per_second) {
    sink.family(name, "counter", help);
    for (unsigned number = 0; number < kObjectTargets; ++number) {
        sink.sample(
            "component=\"ost\",target=\"" + object_target(simulation, file_system, number) + '"',
            std::floor(per_second * target_weight(number) * file_system_weight(file_system) *
                       load_seconds(simulation)));
    }
}

}  // namespace

void expose_metadata_server(const Simulation& simulation, unsigned file_system, Sink& sink) {
    const std::string target = simulation.cluster().file_systems[file_system] + "-MDT0000";
    sink.family("lustre_job_stats_total", "counter", kOperationsHelp);
    each_lustre_job(simulation, file_system, [&](const Job& job, double t) {
        for (const LustreOperation& operation : kLustreOperations) {
            sink.sample(job_labels(simulation, job, "mdt", operation.name, target),
                        std::floor(lustre_operations(job, t) * operation.share));
        }
    });
    const double seconds = stranger_seconds(simulation, simulation.time());
    for (const Stranger& stranger : kStrangers) {
        if (seconds <= 0) break;
        for (const LustreOperation& operation : kLustreOperations) {
            sink.sample(stranger_labels(stranger, simulation.cluster().file_systems[file_system],
                                        "mdt", operation.name, target),
                        std::floor(stranger.operations * operation.share * seconds));
        }
    }
    sink.family("lustre_stats_total", "counter", kOperationsHelp);
    for (const LustreOperation& operation : kLustreOperations) {
        sink.sample("component=\"mdt\",operation=\"" + std::string(operation.name) +
                        "\",target=\"" + target + '"',
                    std::floor(kServerOperations * operation.share *
                               file_system_weight(file_system) * load_seconds(simulation)));
    }
}

void expose_object_server(const Simulation& simulation, unsigned file_system, Sink& sink) {
    expose_amounts(simulation, file_system, sink, "lustre_job_read_bytes_total", kReadHelp,
                   &lustre_read);
    expose_amounts(simulation, file_system, sink, "lustre_job_write_bytes_total", kWriteHelp,
                   &lustre_written);
    expose_amounts(simulation, file_system, sink, "lustre_job_read_samples_total",
                   "Total number of reads that have been recorded.", &lustre_reads);
    expose_amounts(simulation, file_system, sink, "lustre_job_write_samples_total",
                   "Total number of writes that have been recorded.", &lustre_writes);
    expose_server_bytes(simulation, file_system, sink, "lustre_read_bytes_total", kReadHelp,
                        kServerRead);
    expose_server_bytes(simulation, file_system, sink, "lustre_write_bytes_total", kWriteHelp,
                        kServerWritten);
}

double stranger_seconds(const Simulation& simulation, UnixTime time) {
    constexpr UnixTime kSince = 8 * 3600;
    return std::max(0.0, static_cast<double>(time - simulation.settings().now + kSince));
}

void expose_accounts(const Settings& settings, UnixTime time, Sink& sink) {
    constexpr double kWeek = 7 * 86400.0;
    sink.family("slurm_account_levelfs", "gauge", "LevelFS for account");
    for (const std::string_view project : projects()) {
        // an account that nobody uses has no sample
        if (project == "def-perrin") continue;
        for (const std::string_view kind : {"_cpu", "_gpu"}) {
            const double drawn = as_share(
                mixed(settings.seed, project_index(project) * 2 + (kind == "_gpu" ? 1U : 0U)));
            const double wave = std::sin(static_cast<double>(time) / kWeek * 6.28 + 6.28 * drawn);
            const double level = (0.3 + 2.2 * drawn) * (1 + 0.3 * wave);
            sink.sample("account=\"" + std::string(project) + std::string(kind) + '"',
                        std::round(level * 1e4) / 1e4);
        }
    }
}

void expose_quotas(const Settings& settings, UnixTime time, Sink& sink) {
    const auto age = static_cast<double>(settings.now - time);
    const std::vector<Used> all = used(settings.seed);
    const auto family = [&](std::string_view name, std::string_view help, double Used::*value) {
        sink.family(name, "gauge", help);
        for (const Used& one : all) {
            sink.sample("path=\"" + std::string(one.path) + "\",project=\"" + one.name + '"',
                        std::floor(one.*value * one.share(age)));
        }
    };
    family("lfs_quota_inodes", "Inodes used", &Used::inodes);
    family("lfs_quota_kbytes", "Kilobytes used", &Used::kibibytes);
}

}  // namespace portal::simulator
