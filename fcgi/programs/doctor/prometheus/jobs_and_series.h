#pragma once

#include "fcgi/base/time.h"
#include "fcgi/programs/config.h"
#include "fcgi/programs/doctor/report.h"

namespace portal::doctor {

/// Series against Slurm: nodes and GPUs of jobs that run, models of GPUs. Says nothing where one of
/// the two does not answer.
void compare_jobs_and_series(const Config& config, const Clock& clock, Report& report);

}  // namespace portal::doctor
