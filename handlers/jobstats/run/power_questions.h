#pragma once

#include "handlers/graphs/family.h"
#include "handlers/jobstats/run/power.h"

namespace portal::jobstats {

/// Power of the whole cards of the job. Not of parts of cards (MIG-<uuid>; cards have a number):
/// each of these reports what its whole card takes.
[[nodiscard]] promql::Selector card_power(const JobRun& run);

/// Whether the site measures all that the power of this job is made of.
[[nodiscard]] bool with_power(const JobRun& run, const Site& site);

/// The questions about a job's power: shares of the nodes, and samples over a grid.
struct PowerTickets {
    prometheus::Grid grid;
    graph::Asked shares;
    graph::Asked samples;
    bool own_gpus = false;  ///< those of its GPUs are among them
};
[[nodiscard]] PowerTickets ask_power(const JobRun& run, TimeRange range, Context& context);

/// Watts by node; empty if nothing was measured. Asks for the GPUs of a job that shows only now
/// that it has some. Errors: any Fault of Prometheus.
struct JobPower {
    prometheus::Grid grid;
    ByNode watts;
};
[[nodiscard]] Result<JobPower> collect_power(const PowerTickets& tickets, const JobRun& run,
                                             Context& context);

}  // namespace portal::jobstats
