#pragma once

#include <string>
#include <vector>

#include "exposition.h"
#include "simulation.h"

namespace portal::simulator {

enum class Exporter { Job, Node, Power, Gpu, Lustre, Slurm, Quota, Cloud };

/// One exporter on one host.
struct Target {
    Exporter exporter = Exporter::Job;
    unsigned index = 0;    ///< node, or 2 * file system + (0 MDS, 1 OSS), or hypervisor
    std::string instance;  ///< as Prometheus shows it
    std::string job;
    std::string path;     ///< where the live listener serves it
    UnixTime offset = 0;  ///< second within the scrape interval, for the back-fill
};

/// All exporters of the cluster, by offset.
std::vector<Target> targets(const Cluster& cluster);
/// The labels that a scrape adds: cluster, instance, job.
std::string target_labels(const Target& target, const Cluster& cluster);
/// Whether the host is up at the simulation's time.
bool is_up(const Target& target, const Simulation& simulation);
/// Seconds between this exporter's samples in the back-filled past, `age` seconds before its end:
/// what changes slowly is kept longer and more seldom. 0 = nothing so old.
UnixTime past_step(Exporter exporter, UnixTime age, const Simulation& simulation);
/// The way this exporter writes numbers.
Dialect dialect(Exporter exporter);
/// Everything the exporter shows at `time`: the simulation's, or for those that depend on no job
/// any other.
void expose(const Target& target, const Simulation& simulation, UnixTime time, Sink& sink);

/// Watts of a node's chassis at the simulation's time, GPUs included.
double chassis_watts(const Simulation& simulation, unsigned node);

}  // namespace portal::simulator
