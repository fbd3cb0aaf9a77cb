#pragma once

#include <string>
#include <vector>

#include "handlers/graphs/family.h"
#include "handlers/jobstats/run/job_run.h"

namespace portal::jobstats {

/// Cores in use by executable file, `programs`; no line where fewer than two were seen. Lines have
/// the label `exe`, the whole path, and `program`, its shortest end that tells it from the others.
/// The exporter adds up processes that are there, so what it counts falls when one ends: only its
/// growth is shown, and no point at which all together use more than the job's cores can.
[[nodiscard]] graph::Family<JobRun> program_family();

/// Of each path its name, with as many folders before it as tell it from the others.
[[nodiscard]] std::vector<std::string> program_names(const std::vector<std::string>& paths);

}  // namespace portal::jobstats
