#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "handlers/sources/slurm/job.h"

namespace portal::slurm {

/// A row of the step table: CPU time and the texts with the peaks, whose memory is in bytes.
struct StepRow {
    std::uint64_t db_index = 0;
    std::uint64_t user_seconds = 0;
    std::uint64_t user_microseconds = 0;
    std::uint64_t system_seconds = 0;
    std::uint64_t system_microseconds = 0;
    std::string peak_of_one_task;
    std::string peak_of_all_tasks;
};

/// Adds the steps of each attempt up. An attempt whose steps say nothing is left out.
[[nodiscard]] std::map<std::uint64_t, StepUsage> add_steps(const std::vector<StepRow>& steps);

}  // namespace portal::slurm
