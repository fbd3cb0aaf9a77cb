#pragma once

#include "fcgi/base/time.h"
#include "fcgi/programs/config.h"
#include "fcgi/programs/doctor/report.h"

namespace portal::doctor {

/// Prometheus, its clock, and each exporter: how much it sends, and since when it is silent.
void examine_measurements(const Config& config, const Clock& clock, Report& report);

}  // namespace portal::doctor
