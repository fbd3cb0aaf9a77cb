#pragma once

#include "fcgi/base/time.h"
#include "fcgi/programs/config.h"
#include "fcgi/programs/doctor/report.h"

namespace portal::doctor {

/// What the samples say against the configuration: rules that are not recorded, several series of
/// one thing, names that no series has, intervals. Says nothing where Prometheus does not answer.
void examine_series(const Config& config, const Clock& clock, Report& report);

}  // namespace portal::doctor
