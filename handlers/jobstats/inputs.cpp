#include "handlers/jobstats/inputs.h"

#include <algorithm>

namespace portal {
namespace {

using enum InputUnit;

/// In the order of Input.
constexpr std::array<InputKind, kInputCount> kKinds = {{
    {"completed", Flag},
    {"running", Flag},
    {"failed", Flag},
    {"timed_out", Flag},
    {"out_of_memory", Flag},
    {"run_time", Time},
    {"time_limit", Time},
    {"time_share", Share},
    {"time_grade", Grade},
    {"nodes", Count},
    {"idle_nodes", Count},
    {"idle_node_names", Names},
    {"busy_nodes", Count},
    {"busy_node_names", Names},
    {"cores", Count},
    {"cores_used", Count},
    {"cores_idle", Count},
    {"cores_share", Share},
    {"cores_peak", Count},
    {"cores_grade", Grade},
    {"even_cores", Count},
    {"threads", Count},
    {"memory", Amount},
    {"memory_peak", Amount},
    {"memory_share", Share},
    {"memory_rss", Amount},
    {"memory_grade", Grade},
    {"memory_rise", Growth},
    {"memory_full_in", Time},
    {"gpus", Count},
    {"gpus_idle", Count},
    {"idle_gpu_names", Names},
    {"gpu_share", Share},
    {"gpu_busiest", Share},
    {"gpu_grade", Grade},
    {"gpu_power_share", Share},
    {"gpus_quiet", Time},
    {"gpu_memory", Amount},
    {"gpu_memory_peak", Amount},
    {"gpu_memory_share", Share},
    {"gpu_memory_grade", Grade},
    {"file_operations", Count},
    {"files_opened", Count},
    {"files_deleted", Count},
    {"file_requests", Count},
    {"request_size", Amount},
    {"array_tasks", Count},
    {"by_dcgm", Flag},
    {"script_sleep_line", Count},
    {"script_sleep", Time},
    {"script_conda_line", Count},
    {"script_unlaunched", Flag},
    {"script_threads_line", Count},
    {"script_threads", Count},
}};

}  // namespace

const InputKind& kind_of(Input input) {
    return kKinds.at(static_cast<std::size_t>(input));
}

std::optional<Input> input_of(std::string_view name) {
    const auto found = std::find_if(kKinds.begin(), kKinds.end(),
                                    [&](const InputKind& kind) { return kind.name == name; });
    if (found == kKinds.end()) return std::nullopt;
    return static_cast<Input>(found - kKinds.begin());
}

std::string input_names() {
    std::string all;
    for (const InputKind& kind : kKinds) all.append(all.empty() ? "" : ", ").append(kind.name);
    return all;
}

}  // namespace portal
