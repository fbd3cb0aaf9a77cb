#pragma once

#include <string>

#include "simulation.h"

namespace portal::simulator {

/// Writes the past into `folder`: jobs.sql, robinhood.sql, metrics-*.om, people.ldif, passwd,
/// truth.json, targets.json (for a live listener at `live_address`) and state. The same settings
/// give the same bytes. Returns one line that says how much was written. Throws std::runtime_error.
std::string write_history(const Settings& settings, const std::string& folder,
                          const std::string& live_address);

}  // namespace portal::simulator
