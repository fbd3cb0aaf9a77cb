#pragma once

#include <vector>

#include "simulation.h"

namespace portal::simulator {

/// Jobs with a name in truth.json that run on nodes of their own, with start and placement fixed;
/// sorted by start. Ids follow first_simulated_id.
std::vector<Job> simulated_stories(const Settings& settings, const Scale& scale);

/// Named rows that the exporters never saw: pending, blind, skeleton, odd states. Ids follow those
/// of the simulated ones.
std::vector<Job> row_stories(const Settings& settings, const Scale& scale);

/// Ids reserved for stories; ordinary jobs come after them.
inline constexpr std::uint64_t kStoryIds = 200;

}  // namespace portal::simulator
