#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "handlers/sources/slurm/job.h"

namespace portal::slurm {

/// A row of the step table: CPU time and the texts with what was sampled, whose memory is in bytes
/// and whose CPU time is in milliseconds. Times are Unix seconds; an end of 0 is not known.
struct StepRow {
    std::uint64_t db_index = 0;
    std::uint64_t user_seconds = 0;
    std::uint64_t user_microseconds = 0;
    std::uint64_t system_seconds = 0;
    std::uint64_t system_microseconds = 0;
    std::string usage_of_one_task;
    std::string usage_of_all_tasks;
    std::uint64_t start = 0;
    std::uint64_t end = 0;
    bool outside = false;  ///< the extern step: what was adopted from outside, not the job's script
};

/// Adds the steps of each attempt up. An attempt whose steps say nothing is left out. A quantity
/// that only the extern step has, or that steps of a minute or more together lack, is not known:
/// what the others say would be too little.
[[nodiscard]] std::map<std::uint64_t, StepUsage> add_steps(const std::vector<StepRow>& steps);

}  // namespace portal::slurm
