#include "truth.h"

#include <algorithm>

#include "exporters.h"
#include "json_object.h"
#include "physics.h"

namespace portal::simulator {
namespace {

/// All parts of jobs that ran on one node.
using NodeShares = std::vector<std::vector<Share>>;

NodeShares shares_by_node(const Cluster& cluster, const std::vector<Job>& jobs) {
    NodeShares shares(cluster.nodes.size());
    for (const Job& job : jobs) {
        for (unsigned part = 0; part < job.placements.size(); ++part) {
            shares[job.placements[part].node].push_back({&job, part});
        }
    }
    return shares;
}

struct Span {
    UnixTime from = 0;
    UnixTime to = 0;
};

/// Seconds of the share's job that are before `time`, at most until it ended.
double seconds_until(const Share& share, UnixTime time) {
    return share.job->elapsed(time);
}

/// Joules of a node without its GPUs.
double joules_without_gpus(const Node& node, const std::vector<Share>& shares, Span span) {
    double joules = node.idle_w * static_cast<double>(span.to - span.from);
    for (const Share& share : shares) {
        const double from = seconds_until(share, span.from);
        const double to = seconds_until(share, span.to);
        if (to <= from) continue;
        const Placement& part = share.job->placements[share.part];
        for (unsigned i = 0; i < part.cores.size(); ++i) {
            joules += node.span_w / node.cores *
                      (core_seconds(*share.job, share.part, i, to) -
                       core_seconds(*share.job, share.part, i, from));
        }
    }
    return joules;
}

double job_kwh(const Job& job, const Cluster& cluster, const NodeShares& shares, UnixTime now) {
    const Span span{job.start, job.end == 0 ? now : job.end};
    double joules = 0;
    for (unsigned p = 0; p < job.placements.size(); ++p) {
        const Placement& part = job.placements[p];
        const Node& node = cluster.nodes[part.node];
        joules += joules_without_gpus(node, shares[part.node], span) *
                  static_cast<double>(part.cores.size()) / node.cores;
        for (unsigned i = 0; i < part.gpus.size(); ++i) {
            joules += gpu_joules(job, p, i, job.elapsed(span.to));
        }
    }
    return joules / 3.6e6;
}

void write_gpus(JsonObject& object, const Job& job, double t) {
    double share = 0;
    double most = 0;
    double watts = 0;
    double bytes = 0;
    for (unsigned p = 0; p < job.placements.size(); ++p) {
        for (unsigned i = 0; i < job.placements[p].gpus.size(); ++i) {
            const double mean_watts = gpu_joules(job, p, i, t) / t;
            watts += mean_watts;
            share += (mean_watts - kGpuIdleW) / (kGpuFullW - kGpuIdleW);
            bytes += gpu(job, p, i, t).memory_bytes;
            for (double at = 0; at <= t; at += 30) most = std::max(most, gpu(job, p, i, at).share);
        }
    }
    object.number("gpu_mean_utilisation_percent", 100 * share / job.gpus);
    object.number("gpu_max_utilisation_percent", 100 * most);
    object.number("gpu_max_memory_bytes", bytes);
    object.number("gpu_mean_power_watts", watts);
}

void write_role(JsonObject& object, const Job& job) {
    object.text("role", job.role);
    object.text("partition", job.partition);
    object.begin("seen_by_exporter") << (job.does.seen ? "true" : "false");
    object.number("file_system", job.does.file_system);
    object.number("lustre_operations_per_second", job.does.operations);
    object.number("lustre_read_per_second", job.does.read.trickle);
    object.number("lustre_written_per_second", job.does.write_trickle);
}

void write_job(std::ostream& out, const Job& job, const Simulation& simulation,
               const NodeShares& shares) {
    const UnixTime now = simulation.settings().now;
    const double t = std::max(1.0, job.elapsed(now));
    double most = 0;
    for (unsigned part = 0; part < job.placements.size(); ++part) most += memory(job, part, t).max;
    JsonObject object(out);
    object.number("id_job", job.id);
    object.text("story", job.story);
    if (!job.role.empty()) write_role(object, job);
    if (!job.story.empty()) object.text("advice", job.advice);
    object.text("user", job.login());
    object.text("account", job.account);
    object.text("nodes", job.node_list);
    object.number("state", static_cast<double>(job.state));
    object.number("start", static_cast<double>(job.start));
    object.number("end", static_cast<double>(job.end));
    object.begin("one_of_several_rows") << (job.attempt ? "true" : "false");
    object.number("cores", job.cores);
    object.number("gpus", job.gpus);
    object.number("node_count", static_cast<double>(job.placements.size()));
    object.number("mean_cores_used", cpu_seconds(job, t) / t);
    object.number("cpu_seconds", cpu_seconds(job, t));
    object.number("memory_limit_bytes", static_cast<double>(job.memory_mib) * 1048576);
    object.number("max_memory_bytes", most);
    object.number("energy_kwh", job_kwh(job, simulation.cluster(), shares, now));
    object.number("lustre_read_bytes", lustre_read(job, t));
    object.number("lustre_written_bytes", lustre_written(job, t));
    object.number("lustre_operations", lustre_operations(job, t));
    if (job.gpus > 0) write_gpus(object, job, t);
}

void write_stories(std::ostream& out, const std::vector<Job>& jobs, const std::vector<Job>& rows) {
    JsonObject object(out);
    for (const auto* list : {&jobs, &rows}) {
        for (const Job& job : *list) {
            if (job.story.empty()) continue;
            JsonObject story(object.begin(job.story));
            story.text("user", job.login());
            story.number("id_job", job.id);
        }
    }
}

}  // namespace

void write_truth(std::ostream& out, const Simulation& simulation, const std::vector<Job>& jobs,
                 const std::vector<Job>& rows) {
    const NodeShares shares = shares_by_node(simulation.cluster(), jobs);
    JsonObject object(out);
    object.text("cluster", simulation.cluster().name);
    object.number("now", static_cast<double>(simulation.settings().now));
    object.number("samples_begin", static_cast<double>(simulation.begin()));
    object.number("interval_s", kInterval);
    write_stories(object.begin("stories"), jobs, rows);
    std::vector<Job> ordinary;
    std::vector<Job> crowd;
    for (const Job& job : jobs) (job.role.empty() ? ordinary : crowd).push_back(job);
    write_list(object.begin("jobs"), ordinary,
               [&](const Job& job) { write_job(out, job, simulation, shares); });
    write_list(object.begin("crowd"), crowd,
               [&](const Job& job) { write_job(out, job, simulation, shares); });
    write_storage_truth(object.begin("storage"), simulation.settings().seed);
    write_cloud_truth(object.begin("cloud"), simulation.settings());
}

void write_targets(std::ostream& out, const Cluster& cluster, std::string_view address) {
    write_list(out, targets(cluster), [&](const Target& target) {
        out << R"({"targets": [")" << address << R"("], "labels": )";
        {
            JsonObject labels(out);
            labels.text("__metrics_path__", target.path);
            labels.text("instance", target.instance);
            labels.text("job", target.job);
            labels.text("cluster", cluster.name);
        }
        out << '}';
    });
    out << '\n';
}

}  // namespace portal::simulator
