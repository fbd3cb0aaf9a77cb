#pragma once

#include "handlers/sources/slurm/job.h"
#include "views/base/frame.h"

namespace portal {

/// Why a pending job waits, in plain words; empty id if it does not wait.
[[nodiscard]] views::Sentence wait_sentence(const slurm::Job& job);

}  // namespace portal
