#pragma once

#include "fcgi/base/time.h"
#include "fcgi/programs/config.h"
#include "fcgi/programs/doctor/report.h"

namespace portal::doctor {

/// LDAP: people and allocations, by the owner of a job that runs.
void examine_directory(const Config& config, const Clock& clock, Report& report);

}  // namespace portal::doctor
