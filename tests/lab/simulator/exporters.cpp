#include "exporters.h"

#include <algorithm>
#include <cmath>

#include "cloud.h"
#include "people.h"
#include "physics.h"
#include "random.h"

namespace portal::simulator {

// in exporter_job.cpp, exporter_node.cpp, exporter_shared.cpp, cloud.cpp
void expose_jobs(const Simulation& simulation, unsigned node, Sink& sink);
void expose_node(const Simulation& simulation, unsigned node, Sink& sink);
void expose_power(const Simulation& simulation, unsigned node, Sink& sink);
void expose_gpus(const Simulation& simulation, unsigned node, Sink& sink);
void expose_metadata_server(const Simulation& simulation, unsigned file_system, Sink& sink);
void expose_object_server(const Simulation& simulation, unsigned file_system, Sink& sink);
void expose_accounts(const Settings& settings, UnixTime time, Sink& sink);
void expose_quotas(const Settings& settings, UnixTime time, Sink& sink);
void expose_machines(const Settings& settings, unsigned hypervisor, UnixTime time, Sink& sink);

namespace {

Target target(Exporter exporter, unsigned index, std::string instance, std::string_view job) {
    const std::string path = '/' + std::string(job) + '/' + instance.substr(0, instance.find(':'));
    std::uint64_t sum = 0;
    for (const char c : instance) sum = mixed(sum, static_cast<unsigned char>(c));
    return {exporter,
            index,
            std::move(instance),
            std::string(job),
            path + "/metrics",
            static_cast<UnixTime>(sum % kInterval)};
}

bool of_node(Exporter exporter) {
    return exporter == Exporter::Job || exporter == Exporter::Node || exporter == Exporter::Power ||
           exporter == Exporter::Gpu;
}

}  // namespace

std::vector<Target> targets(const Cluster& cluster) {
    std::vector<Target> list;
    for (unsigned i = 0; i < cluster.nodes.size(); ++i) {
        const Node& node = cluster.nodes[i];
        list.push_back(target(Exporter::Job, i, node.name + ":9798", "slurm-job"));
        list.push_back(target(Exporter::Node, i, node.name + ":9100", "node"));
        list.push_back(target(Exporter::Power, i, node.name + "-oob", "redfish"));
        if (node.gpus > 0) list.push_back(target(Exporter::Gpu, i, node.name + ":9445", "nvidia"));
    }
    for (unsigned i = 0; i < cluster.file_systems.size(); ++i) {
        const std::string& name = cluster.file_systems[i];
        list.push_back(target(Exporter::Lustre, 2 * i, name + "-mds1:9169", "lustre"));
        list.push_back(target(Exporter::Lustre, 2 * i + 1, name + "-oss1:9169", "lustre"));
    }
    list.push_back(target(Exporter::Slurm, 0, "slurm:8080", "slurm"));
    list.push_back(target(Exporter::Quota, 0, "quota:9555", "lfs-quota"));
    for (unsigned i = 0; i < kHypervisors; ++i) {
        list.push_back(
            target(Exporter::Cloud, i, "cloud" + std::to_string(1 + i) + ":9474", "libvirtd"));
    }
    std::ranges::stable_sort(list, {}, &Target::offset);
    return list;
}

std::string target_labels(const Target& target, const Cluster& cluster) {
    return "cluster=\"" + cluster.name + "\",instance=\"" + target.instance + "\",job=\"" +
           target.job + '"';
}

bool is_up(const Target& target, const Simulation& simulation) {
    return !of_node(target.exporter) || simulation.awake(target.index);
}

UnixTime past_step(Exporter exporter, UnixTime age, const Simulation& simulation) {
    constexpr UnixTime kDay = 86400;
    constexpr UnixTime kHour = 3600;
    const bool window = age <= simulation.scale().window;
    switch (exporter) {
        case Exporter::Slurm:
            if (window) return kInterval;
            return age <= 14 * kDay ? kHour : age <= 62 * kDay ? 2 * kHour : 0;
        case Exporter::Quota:
            if (age <= 7 * kDay) return age <= kDay ? 240 : kHour / 2;
            return age <= 91 * kDay ? kHour : 0;
        case Exporter::Cloud:
            if (age <= kDay) return 120;
            return age <= 7 * kDay ? 300 : age <= 14 * kDay ? 1200 : 0;
        default:
            return window ? kInterval : 0;
    }
}

Dialect dialect(Exporter exporter) {
    return exporter == Exporter::Job ? Dialect::Python : Dialect::Go;
}

void expose(const Target& target, const Simulation& simulation, UnixTime time, Sink& sink) {
    switch (target.exporter) {
        case Exporter::Job:
            return expose_jobs(simulation, target.index, sink);
        case Exporter::Node:
            return expose_node(simulation, target.index, sink);
        case Exporter::Power:
            return expose_power(simulation, target.index, sink);
        case Exporter::Gpu:
            return expose_gpus(simulation, target.index, sink);
        case Exporter::Lustre:
            return target.index % 2 == 0
                       ? expose_metadata_server(simulation, target.index / 2, sink)
                       : expose_object_server(simulation, target.index / 2, sink);
        case Exporter::Slurm:
            return expose_accounts(simulation.settings(), time, sink);
        case Exporter::Quota:
            return expose_quotas(simulation.settings(), time, sink);
        case Exporter::Cloud:
            return expose_machines(simulation.settings(), target.index, time, sink);
    }
}

double chassis_watts(const Simulation& simulation, unsigned node) {
    const Node& host = simulation.cluster().nodes[node];
    double cores = 0;
    double watts = host.idle_w + kGpuIdleW * host.gpus;
    for (const Share& share : simulation.shares(node)) {
        const double t = share.job->elapsed(simulation.time());
        const Placement& part = share.job->placements[share.part];
        for (unsigned i = 0; i < part.cores.size(); ++i)
            cores += core_share(*share.job, share.part, i, t);
        for (unsigned i = 0; i < part.gpus.size(); ++i) {
            watts += gpu(*share.job, share.part, i, t).watts - kGpuIdleW;
        }
    }
    return watts + host.span_w * cores / host.cores;
}

}  // namespace portal::simulator
