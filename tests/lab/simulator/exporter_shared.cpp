#include <array>
#include <cmath>

#include "exporters.h"
#include "people.h"
#include "physics.h"
#include "random.h"

namespace portal::simulator {

void expose_metadata_server(const Simulation& simulation, unsigned file_system, Sink& sink);
void expose_object_server(const Simulation& simulation, unsigned file_system, Sink& sink);
void expose_accounts(const Simulation& simulation, Sink& sink);

namespace {

struct Operation {
    std::string_view name;
    double share;  ///< of all metadata operations
};

constexpr std::array<Operation, 6> kOperations{{{"open", 0.28},
                                                {"close", 0.28},
                                                {"getattr", 0.3},
                                                {"setattr", 0.08},
                                                {"unlink", 0.04},
                                                {"mkdir", 0.02}}};
constexpr unsigned kObjectTargets = 4;
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

template <class Visit>
void each_job(const Simulation& simulation, unsigned file_system, Visit visit) {
    for (const Job& job : simulation.lingering()) {
        if (job.does.file_system == file_system) visit(job, job.elapsed(job.end));
    }
    for (const Job& job : simulation.running()) {
        if (job.does.file_system == file_system) visit(job, job.elapsed(simulation.time()));
    }
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

std::string object_target(const Simulation& simulation, unsigned file_system,
                          std::uint64_t number) {
    return simulation.cluster().file_systems[file_system] + "-OST000" + std::to_string(number);
}

void expose_bytes(const Simulation& simulation, unsigned file_system, Sink& sink,
                  std::string_view name, std::string_view help,
                  double (*bytes)(const Job&, double)) {
    sink.family(name, "counter", help);
    each_job(simulation, file_system, [&](const Job& job, double t) {
        for (unsigned stripe = 0; stripe < kStripes; ++stripe) {
            const std::uint64_t number = (job.does.seed + stripe) % kObjectTargets;
            sink.sample(job_labels(simulation, job, "ost", "",
                                   object_target(simulation, file_system, number)),
                        std::floor(bytes(job, t) / kStripes));
        }
    });
}

void expose_server_bytes(const Simulation& simulation, unsigned file_system, Sink& sink,
                         std::string_view name, std::string_view help, double per_second) {
    sink.family(name, "counter", help);
    for (unsigned number = 0; number < kObjectTargets; ++number) {
        sink.sample(
            "component=\"ost\",target=\"" + object_target(simulation, file_system, number) + '"',
            std::floor(per_second * (1 + 0.1 * number) * load_seconds(simulation)));
    }
}

}  // namespace

void expose_metadata_server(const Simulation& simulation, unsigned file_system, Sink& sink) {
    constexpr double kOperationsPerSecond = 12'000;
    const std::string target = simulation.cluster().file_systems[file_system] + "-MDT0000";
    sink.family("lustre_job_stats_total", "counter", kOperationsHelp);
    each_job(simulation, file_system, [&](const Job& job, double t) {
        for (const Operation& operation : kOperations) {
            sink.sample(job_labels(simulation, job, "mdt", operation.name, target),
                        std::floor(lustre_operations(job, t) * operation.share));
        }
    });
    sink.family("lustre_stats_total", "counter", kOperationsHelp);
    for (const Operation& operation : kOperations) {
        sink.sample("component=\"mdt\",operation=\"" + std::string(operation.name) +
                        "\",target=\"" + target + '"',
                    std::floor(kOperationsPerSecond * operation.share * load_seconds(simulation)));
    }
}

void expose_object_server(const Simulation& simulation, unsigned file_system, Sink& sink) {
    expose_bytes(simulation, file_system, sink, "lustre_job_read_bytes_total", kReadHelp,
                 &lustre_read);
    expose_bytes(simulation, file_system, sink, "lustre_job_write_bytes_total", kWriteHelp,
                 &lustre_written);
    expose_server_bytes(simulation, file_system, sink, "lustre_read_bytes_total", kReadHelp, 3e9);
    expose_server_bytes(simulation, file_system, sink, "lustre_write_bytes_total", kWriteHelp,
                        1.5e9);
}

void expose_accounts(const Simulation& simulation, Sink& sink) {
    constexpr double kWeek = 7 * 86400.0;
    sink.family("slurm_account_levelfs", "gauge", "LevelFS for account");
    for (const std::string_view project : projects()) {
        for (const std::string_view kind : {"_cpu", "_gpu"}) {
            const double drawn =
                as_share(mixed(simulation.settings().seed,
                               project_index(project) * 2 + (kind == "_gpu" ? 1U : 0U)));
            const double wave =
                std::sin(static_cast<double>(simulation.time()) / kWeek * 6.28 + 6.28 * drawn);
            const double level = (0.3 + 2.2 * drawn) * (1 + 0.3 * wave);
            sink.sample("account=\"" + std::string(project) + std::string(kind) + '"',
                        std::round(level * 1e4) / 1e4);
        }
    }
}

}  // namespace portal::simulator
