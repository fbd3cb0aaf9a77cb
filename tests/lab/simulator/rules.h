#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "exposition.h"
#include "simulation.h"

namespace portal::simulator {

/// What the jobs of one user in one account hold and use.
struct Use {
    double cores = 0;
    double used_cores = 0;
    double memory = 0;
    double rss = 0;
    double max = 0;
    double gpus = 0;
    double used_gpus = 0;
    double busy_gpus = 0;
    double gpu_watts = 0;
};

/// By account and user.
using Uses = std::map<std::pair<std::string, std::string_view>, Use>;

/// The series of the shipped recording rules, so that pages have a past to show: Prometheus
/// computes them only from when it runs.
class RuleSeries {
 public:
    explicit RuleSeries(const Simulation& simulation);

    /// Writes those of one instant: from the running jobs, or before the time of samples from the
    /// usual load of the day. The simulation's time must be `time` in the former case.
    void expose(UnixTime time, Sink& sink) const;
    /// Seconds between the samples at an age, as past_step().
    [[nodiscard]] UnixTime step(UnixTime age) const;

 private:
    [[nodiscard]] Uses uses(UnixTime time) const;

    const Simulation& simulation_;
    std::vector<Job> crowd_;
};

/// The rules about Lustre and about processes, from the running jobs at the simulation's time.
void expose_lustre_rules(const Simulation& simulation, Sink& sink);
void expose_process_rules(const Simulation& simulation, Sink& sink);

}  // namespace portal::simulator
