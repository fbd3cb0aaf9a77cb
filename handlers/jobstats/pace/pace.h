#pragma once

// handlers/jobstats/pace is where a running job is going, from its samples of late. May include
// what the module may, and the room run.

#include <optional>
#include <span>

#include "handlers/jobstats/run/job_run.h"

namespace portal::jobstats {

/// Where a running job is going; empty: nothing that can be told.
struct Pace {
    std::optional<double> memory_full_in;  ///< seconds until a node's memory is full, at this pace
    std::optional<double> gpus_quiet;      ///< seconds since any of its GPUs did something
};

/// In how many seconds a quantity that grows steadily reaches `most`. Empty for anything else: too
/// few points, a step, a sawtooth, growth that fades, or little of it. `values` are `step_s` apart,
/// the newest last; gaps are NaN.
[[nodiscard]] std::optional<double> time_until_full(std::span<const double> values, double step_s,
                                                    double most);

/// Questions under way.
struct PaceTickets {
    prometheus::Grid grid;
    prometheus::Ticket memory;
    std::optional<prometheus::Ticket> gpus;
    Seconds window{0};  ///< in which work of the GPUs was looked for
};

/// Asks about a run that goes on and has lasted for a while; of others nothing.
[[nodiscard]] std::optional<PaceTickets> ask_pace(const JobRun& run, Context& context);

/// Only what is of use: memory that is full before the time limit. Without an answer it is empty.
[[nodiscard]] Pace collect_pace(const PaceTickets& tickets, const JobRun& run, Context& context);

}  // namespace portal::jobstats
