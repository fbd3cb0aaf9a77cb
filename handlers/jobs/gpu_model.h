#pragma once

#include <span>
#include <string>

#include "handlers/site.h"
#include "handlers/sources/slurm/job.h"

namespace portal {

/// The model of some GPUs as the site describes it: by Slurm's name, or else by the names in the
/// label gpu_type of their samples, if these mean one model; old drivers leave out the maker's
/// name. Null if the site describes none. The one rule for all pages.
[[nodiscard]] const GpuModel* gpu_model(const slurm::GpuCount& gpus,
                                        std::span<const std::string> types, const Site& site);

}  // namespace portal
