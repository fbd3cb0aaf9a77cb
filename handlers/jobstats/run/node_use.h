#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "handlers/jobstats/run/job_run.h"
#include "handlers/sources/prometheus/metrics.h"

/// Cores and memory of a job by node, from three questions that cost more and more. The usual one
/// reads the counters at the ends of the run. Where a node has no samples at an end, they are
/// searched for in the whole run; where the counters did what they cannot do, their slopes are
/// taken over the run and the impossible ones left out.
namespace portal::jobstats {

/// What the samples tell of one node, whatever labels they came under. Empty: nothing.
struct NodeUse {
    std::optional<double> first_value;  ///< of the counters of all cores, in their unit
    std::optional<double> last_value;
    std::optional<double> first_at;  ///< when these were sampled, Unix seconds
    std::optional<double> last_at;
    std::optional<double> growth;      ///< of the counters as Prometheus sees it: with restarts
    std::optional<double> slope;       ///< mean growth in a second, of what is possible
    std::optional<double> memory_max;  ///< largest of each metric, bytes
    std::optional<double> memory_usage;
    std::optional<double> memory_rss;
    std::optional<double> peak;     ///< largest growth in a second over a twelfth of the run
    std::optional<double> threads;  ///< mean of those that ran at once
    std::optional<double> rise;     ///< growth of memory in a second at the end, bytes
    double looks = 0;               ///< at which there was a sample
    double odd = 0;                 ///< looks at memory that found what cannot be
    bool gpus = false;              ///< some of the job's were seen, if Slurm counts none
};
using NodeUses = std::map<std::string, NodeUse, std::less<>>;

/// How much is asked.
enum class Care { Ends, WholeRun, Samples };

struct NodeTickets {
    prometheus::Ticket at_end;
    std::optional<prometheus::Ticket> at_start;
};
[[nodiscard]] NodeTickets ask_nodes(const JobRun& run, Care care, Context& context);
/// Adds the answers. Errors: any Fault of Prometheus.
[[nodiscard]] std::optional<SourceError> collect_nodes(const NodeTickets& tickets, NodeUses& nodes,
                                                       Context& context);

/// What is to be asked next, if the answers do not do.
[[nodiscard]] std::optional<Care> care_for(const NodeUses& nodes, const JobRun& run);

/// The job as its nodes together. Of a node that sent nothing it is assumed that it did as the
/// others, for cores as for memory.
struct JobUse {
    /// What one node did.
    struct Node {
        std::string name;
        std::optional<double> cores;   ///< mean
        std::optional<double> memory;  ///< largest, bytes
    };
    std::optional<double> cores;   ///< mean while it was seen, suspended time included
    std::optional<double> memory;  ///< largest of each node together, bytes
    std::optional<double> memory_rss;
    double covered = 1;  ///< share of the run on its nodes in which there were samples
    double odd = 0;      ///< samples of memory that cannot be, left out
    bool gpus = false;   ///< as of a node
    bool leapt = false;  ///< counters fell, restarted or leapt: what cannot be is left out
    std::optional<double> cores_peak;   ///< largest use over a twelfth of the run
    std::optional<double> threads;      ///< mean of those that ran at once
    std::optional<double> memory_rise;  ///< at its end, bytes in a second
    std::vector<Node> nodes;            ///< those that were seen
};
[[nodiscard]] JobUse joined(const NodeUses& nodes, const JobRun& run, const Site& site);

/// What was to be seen: a run of some things, nodes or GPUs. `slack` may be missing of each, since
/// samples begin and end within the run.
struct Expected {
    Seconds run;
    Seconds slack;
    std::size_t things = 1;
};

/// Share of the run that seconds seen of each thing cover; 1 if there are none.
[[nodiscard]] double covered_share(const std::vector<double>& seconds, const Expected& expected);

/// Number of nodes that the job had.
[[nodiscard]] std::size_t nodes_of(const JobRun& run);
/// How far apart the run is looked at, to see when there were samples.
[[nodiscard]] Seconds look_step(const JobRun& run, const Site& site);

}  // namespace portal::jobstats
