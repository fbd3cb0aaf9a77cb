#pragma once

#include "fcgi/programs/config.h"
#include "fcgi/programs/doctor/report.h"

namespace portal::doctor {

/// What each module will show with what is configured.
void describe_modules(const Config& config, Report& report);

}  // namespace portal::doctor
