#pragma once

#include <ostream>
#include <vector>

#include "simulation.h"

namespace portal::simulator {

/// truth.json: the simulator's own numbers for the jobs that ran on its nodes, by exact integrals
/// and not by samples, and the ids of the named jobs. `jobs` are all simulated rows, `rows` the
/// others with a name. Those of the crowd have a list of their own.
void write_truth(std::ostream& out, const Simulation& simulation, const std::vector<Job>& jobs,
                 const std::vector<Job>& rows);

/// The value of "storage" in it: what pages must show of Robinhood's rows and of the quota
/// exporter.
void write_storage_truth(std::ostream& out, std::uint64_t seed);
/// The value of "cloud": the virtual machines, with what they did in the last day.
void write_cloud_truth(std::ostream& out, const Settings& settings);

/// targets.json: the exporters for Prometheus's file_sd, all served by the live one at `address`.
void write_targets(std::ostream& out, const Cluster& cluster, std::string_view address);

}  // namespace portal::simulator
