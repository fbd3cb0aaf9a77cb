#include "handlers/jobs/worth.h"

#include <algorithm>
#include <optional>

namespace portal {
namespace {

constexpr double kUsualCoresOfGpu = 16;
constexpr double kUsualGibOfCore = 4;

double cores_of_gpu(const Site& site) {
    double cores = 0;
    for (const auto& model : site.gpus) cores = std::max<double>(cores, model.cores);
    return cores > 0 ? cores : kUsualCoresOfGpu;
}

}  // namespace

Worth worth_of(const Site& site) {
    const std::optional<double>& core_price = site.cost.cpu_core_hour;
    const std::optional<double>& gpu_price = site.cost.gpu_hour;
    const double cores = cores_of_gpu(site);
    Worth worth;
    worth.core = core_price.value_or(gpu_price ? *gpu_price / cores : 1);
    worth.gpu = gpu_price.value_or(worth.core * cores);
    worth.gib = worth.core / kUsualGibOfCore;
    worth.priced = core_price && gpu_price;
    return worth;
}

}  // namespace portal
