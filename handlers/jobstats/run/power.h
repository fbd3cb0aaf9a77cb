#pragma once

#include <map>
#include <string>
#include <vector>

#include "handlers/jobstats/run/job_run.h"
#include "handlers/sources/prometheus/metrics.h"

namespace portal::jobstats {

/// Samples of one quantity by node, each with one value for each point of the grid (NaN = gap).
using ByNode = std::map<std::string, std::vector<double>>;

/// What of a node belongs to the job. Zero: not known.
struct NodeShare {
    double job_cores = 0;
    double node_cores = 0;
    bool has_gpus = false;  ///< the job has some there, or parts of some
};

/// Power samples of the nodes of a job, in watts.
struct PowerSamples {
    prometheus::Grid grid;
    ByNode chassis;    ///< whole node, by its management controller
    ByNode node_gpus;  ///< all GPUs of the node; a node that is not there has none
    ByNode job_gpus;   ///< GPUs of the job on the node
};

/// Watts attributed to the job by node: (chassis − all GPUs) × its share of the cores + its own
/// GPUs. So the jobs of a node, and nobody with the cores and GPUs that no job has, add up to the
/// node, whoever shares it. A point where a piece is missing is a gap, but pieces reach over two
/// points, from the edges and within; a node with a share that is not known has gaps only, and so
/// has one without samples of its GPUs or of the job's, if the job has some there.
[[nodiscard]] ByNode attribute_power(const PowerSamples& samples,
                                     const std::map<std::string, NodeShare>& shares);

/// Energy by integration over the samples: trapezoids between points that are there, held to the
/// edges of the range within one step.
struct Energy {
    double kwh = 0;
    double covered = 0;  ///< share of the node-hours that the samples cover, 0 to 1
};
[[nodiscard]] Energy integrate(const ByNode& watts, const prometheus::Grid& grid, TimeRange range,
                               std::size_t nodes);

}  // namespace portal::jobstats
