#pragma once

#include <vector>

#include "simulation.h"

namespace portal::simulator {

/// Jobs of people whom the pages about accounts and about the whole cluster must show: many members
/// of one account, who wastes cores or GPUs, who works on large-memory nodes, who loads the file
/// systems. They run on nodes of their own since at most two hours, most of them for a week.
/// Their role is a key of "crowd" in truth.json.
std::vector<Job> crowd_jobs(const Settings& settings, const Scale& scale);

/// Whether the person of such a job had another one of the same kind at `time`, before it began:
/// those have no samples, only recording rules.
bool worked_before(const Job& job, UnixTime time, const Settings& settings);

}  // namespace portal::simulator
