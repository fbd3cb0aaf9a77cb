#pragma once

#include <optional>
#include <span>
#include <vector>

#include "handlers/jobstats/inputs.h"
#include "handlers/jobstats/measures/job_measures.h"

namespace portal::jobstats {

/// What one run had and needed, as far as advice speaks of it. Units: bytes, seconds. Empty: not
/// known.
struct Need {
    using Number = std::optional<double>;

    double nodes = 1;  ///< this and the next five: had
    double cores = 0;
    double gpus = 0;
    Number memory_had;  ///< of a node
    Number limit;
    double hours = 0;          ///< it ran
    Number memory;             ///< the most that one node used
    Number ran;                ///< of a run that completed: from its start to its end
    Number busy_nodes;         ///< that did something
    Number busy_cores;         ///< the most at once
    Number busy_gpus;          ///< that did something
    bool more_memory = false;  ///< it needs more than it had
    bool more_time = false;
    /// It completed, or ended at one of these two limits, and its use of both is known: the next
    /// run will be like it. Of others only what they used is known, not what they would have.
    bool whole = false;
};

/// What a run needed, by the inputs of its rules.
[[nodiscard]] Need need_of(const Values& values, const JobFacts& facts);

/// What runs say of the next one.
struct Demand {
    double wanted = 0;  ///< the farther they lie apart, the more above the most; 0 of no runs
    double plain = 0;   ///< as if they were all alike
    double least = 0;
    double most = 0;
    bool grows = false;  ///< from run to run: no ground for a smaller request
};

/// Of what runs needed, the newest first: this quantile of it (0 to 1) times the margin, never
/// below the most.
[[nodiscard]] Demand demand_of(std::span<const double> needs, double quantile, double margin);

}  // namespace portal::jobstats
