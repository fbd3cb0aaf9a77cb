#include <algorithm>
#include <map>

#include "curves.h"
#include "lustre.h"
#include "physics.h"
#include "rules.h"

namespace portal::simulator {
namespace {

constexpr UnixTime kWindow = 180;  // of the rules

/// Load of the servers over the window, relative to the mean.
double load(const Simulation& simulation) {
    const auto until = static_cast<double>(simulation.time());
    const double from = until - kWindow;
    return (day_pattern_integral(until) - day_pattern_integral(from)) / kWindow;
}

std::string quoted_label(std::string_view name, std::string_view value) {
    return std::string(name) + "=\"" + std::string(value) + '"';
}

void expose_metadata(const Simulation& simulation, Sink& sink) {
    sink.family("lustre:metadata:rate3m", "gauge", "recorded");
    for (unsigned i = 0; i < simulation.cluster().file_systems.size(); ++i) {
        const std::string& name = simulation.cluster().file_systems[i];
        for (const LustreOperation& operation : kLustreOperations) {
            sink.sample(
                quoted_label("fs", name) + ',' + quoted_label("operation", operation.name),
                kServerOperations * operation.share * file_system_weight(i) * load(simulation));
        }
    }
}

void expose_bytes(const Simulation& simulation, Sink& sink, std::string_view rule,
                  double per_second) {
    double weight = 0;
    for (unsigned number = 0; number < kObjectTargets; ++number) weight += target_weight(number);
    sink.family(rule, "gauge", "recorded");
    for (unsigned i = 0; i < simulation.cluster().file_systems.size(); ++i) {
        sink.sample(quoted_label("fs", simulation.cluster().file_systems[i]),
                    per_second * weight * file_system_weight(i) * load(simulation));
    }
}

/// What one user does to a file system, by the labels of the rules.
using Rates = std::map<std::string, double>;

std::string labels(const std::string& account, const std::string& fs, std::string_view user) {
    const std::string begin = account.empty() ? "" : quoted_label("account", account) + ',';
    return begin + quoted_label("fs", fs) + ',' + quoted_label("user", user);
}

/// Rates over the window of an amount that jobs and strangers have in [0, t).
Rates rates(const Simulation& simulation, double (*amount)(const Job&, double),
            double Stranger::*of_stranger) {
    Rates found;
    for (unsigned i = 0; i < simulation.cluster().file_systems.size(); ++i) {
        const std::string& fs = simulation.cluster().file_systems[i];
        each_lustre_job(simulation, i, [&](const Job& job, double t) {
            const double from = std::max(0.0, job.elapsed(simulation.time() - kWindow));
            found[labels(job.account, fs, job.login())] +=
                (amount(job, t) - amount(job, from)) / kWindow;
        });
        if (of_stranger == nullptr || stranger_seconds(simulation, simulation.time()) <= kWindow) {
            continue;
        }
        for (const Stranger& stranger : kStrangers) {
            if (!stranger.user.empty()) {
                found[labels("", fs, stranger.user)] += stranger.*of_stranger;
            }
        }
    }
    return found;
}

void expose_users(const Simulation& simulation, Sink& sink, std::string_view rule,
                  double (*amount)(const Job&, double), double Stranger::*of_stranger) {
    sink.family(rule, "gauge", "recorded");
    for (const auto& [text, rate] : rates(simulation, amount, of_stranger)) sink.sample(text, rate);
}

}  // namespace

void expose_lustre_rules(const Simulation& simulation, Sink& sink) {
    expose_metadata(simulation, sink);
    expose_bytes(simulation, sink, "lustre:read_bytes:rate3m", kServerRead);
    expose_bytes(simulation, sink, "lustre:write_bytes:rate3m", kServerWritten);
    expose_users(simulation, sink, "lustre:metadata:rate3m_user", &lustre_operations,
                 &Stranger::operations);
    expose_users(simulation, sink, "lustre:read_bytes:rate3m_user", &lustre_read, &Stranger::read);
    expose_users(simulation, sink, "lustre:write_bytes:rate3m_user", &lustre_written, nullptr);
}

void expose_process_rules(const Simulation& simulation, Sink& sink) {
    std::map<std::string, double> cores;
    for (const Job& job : simulation.running()) {
        constexpr double kLeast = 60;  // CPU seconds from which the exporter shows a binary
        const double t = job.elapsed(simulation.time());
        if (cpu_seconds(job, t) < kLeast) continue;
        double busy = 0;
        for (unsigned part = 0; part < job.placements.size(); ++part) {
            for (unsigned i = 0; i < job.placements[part].cores.size(); ++i) {
                busy += core_share(job, part, i, t);
            }
        }
        const std::string_view program = job.does.program;
        const std::string_view bin = program.substr(program.rfind('/') + 1);
        cores[quoted_label("account", job.account) + ',' + quoted_label("bin", bin)] += 0.98 * busy;
    }
    sink.family("slurm_job:process_usage:sum_account", "gauge", "recorded");
    for (const auto& [text, used] : cores) sink.sample(text, used);
}

}  // namespace portal::simulator
