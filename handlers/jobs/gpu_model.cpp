#include "handlers/jobs/gpu_model.h"

#include <algorithm>

namespace portal {

const GpuModel* gpu_model(const slurm::GpuCount& gpus, std::span<const std::string> types,
                          const Site& site) {
    const GpuModel* by_type = nullptr;
    std::size_t found = 0;
    for (const GpuModel& model : site.gpus) {
        if (model.gres == gpus.model) return &model;
        const bool named = std::any_of(types.begin(), types.end(), [&](const std::string& type) {
            return model.type == type || model.type == "NVIDIA " + type;
        });
        if (!named) continue;
        by_type = &model;
        ++found;
    }
    return found == 1 ? by_type : nullptr;
}

}  // namespace portal
