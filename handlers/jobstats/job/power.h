#pragma once

#include <map>
#include <string>
#include <vector>

#include "handlers/graphs/family.h"
#include "handlers/jobstats/job/job_run.h"

namespace portal::jobstats {

/// Samples of one quantity by node, each with one value for each point of the grid (NaN = gap).
using ByNode = std::map<std::string, std::vector<double>>;

/// What of a node belongs to the job. Zero: not known.
struct NodeShare {
    double job_cores = 0;
    double node_cores = 0;
    double job_gpus = 0;
    double node_gpus = 0;
};

/// Power samples of the nodes of a job, in watts.
struct PowerSamples {
    prometheus::Grid grid;
    ByNode chassis;    ///< whole node, by its management controller
    ByNode node_gpus;  ///< all GPUs of the node
    ByNode job_gpus;   ///< GPUs of the job on the node
};

/// Watts attributed to the job by node (contract 5.2). CPU job: chassis × its share of the cores.
/// GPU job: (chassis − all GPUs) × its share of the GPUs + its own GPUs. A point where a piece is
/// missing is a gap; a node with a share that is not known has gaps only.
[[nodiscard]] ByNode attribute_power(const PowerSamples& samples,
                                     const std::map<std::string, NodeShare>& shares, bool gpu_job);

/// Energy by integration over the samples: trapezoids between points that are there, held to the
/// edges of the range within one step.
struct Energy {
    double kwh = 0;
    double covered = 0;  ///< share of the node-hours that the samples cover, 0 to 1
};
[[nodiscard]] Energy integrate(const ByNode& watts, const prometheus::Grid& grid, TimeRange range,
                               std::size_t nodes);

/// Power of the whole cards of the job. Not of parts of cards (MIG-<uuid>; cards have a number):
/// each of these reports what its whole card takes.
[[nodiscard]] promql::Selector card_power(const JobRun& run);

/// Whether the site measures all that the power of this job is made of.
[[nodiscard]] bool with_power(const JobRun& run, const Site& site);

/// The questions behind a job's power: shares of the nodes, and samples over a grid.
struct PowerTickets {
    prometheus::Grid grid;
    graph::Asked shares;
    graph::Asked samples;
};
[[nodiscard]] PowerTickets ask_power(const JobRun& run, TimeRange range, Context& context);

/// Watts by node; empty if nothing was measured. Errors: any Fault of Prometheus.
struct JobPower {
    prometheus::Grid grid;
    ByNode watts;
};
[[nodiscard]] Result<JobPower> collect_power(const PowerTickets& tickets, const JobRun& run,
                                             Context& context);

}  // namespace portal::jobstats
