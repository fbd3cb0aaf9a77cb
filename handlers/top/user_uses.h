#pragma once

#include <optional>
#include <string>
#include <vector>

#include "handlers/context.h"

namespace portal::top {

/// What all running jobs of one user hold and use together; empty: no sample of that measure.
struct UserUse {
    std::string user;  ///< empty: samples that name nobody
    std::optional<double> cores;
    std::optional<double> used_cores;
    std::optional<double> memory;      ///< bytes
    std::optional<double> max_memory;  ///< bytes, page cache included
    std::optional<double> unlimited;   ///< of `max_memory`: jobs that have no limit
    std::optional<double> gpus;
    std::optional<double> unmeasured_gpus;  ///< of `gpus`: their use is not known
    std::optional<double> used_gpus;        ///< how many fully used ones would do the same
    std::optional<double> busy_gpus;        ///< that do anything
};

/// Everybody who holds something now, by name; one query. Errors: any Fault of Prometheus. Source:
/// the recording rules slurm_job:*_user_account.
[[nodiscard]] Result<std::vector<UserUse>> read_user_uses(Context& context);

}  // namespace portal::top
