#pragma once

#include <vector>

#include "handlers/sources/slurm/job.h"
#include "views/job_parts.h"

namespace portal::jobstats {

/// A job with the row made of it.
struct ListedJob {
    slurm::Job job;
    views::JobRow row;
};

/// Folds tasks of one array that follow each other into one group; the order stays.
[[nodiscard]] std::vector<views::JobGroup> fold_arrays(std::vector<ListedJob> jobs);

}  // namespace portal::jobstats
