#pragma once

#include "fcgi/base/time.h"
#include "fcgi/programs/config.h"
#include "fcgi/programs/doctor/report.h"

namespace portal::doctor {

/// Slurm's database, Robinhood's, and the portal's own: questions, grants, clocks, schema.
void examine_databases(const Config& config, const Clock& clock, Report& report);

}  // namespace portal::doctor
