#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace portal::simulator {

using UnixTime = std::int64_t;  ///< seconds since 1970, UTC

/// One compute node. Chassis power = idle_w + span_w * share of its cores in use + power of its
/// GPUs.
struct Node {
    std::string name;
    unsigned cores = 0;
    unsigned gpus = 0;
    std::uint64_t memory_mib = 0;
    double idle_w = 0;
    double span_w = 0;
};

/// How much is made for --size.
struct Scale {
    std::string_view name;
    unsigned cpu_nodes = 0;      ///< for ordinary jobs
    unsigned gpu_nodes = 0;      ///< for ordinary jobs
    UnixTime window = 0;         ///< seconds of samples before now
    unsigned ordinary_jobs = 0;  ///< with samples, about
    std::uint64_t rows = 0;      ///< job rows without samples
    UnixTime span = 0;           ///< seconds over which those rows are spread
    UnixTime rule_span = 0;      ///< seconds of recording-rule series
};

/// The scale called `name` (small, medium, large). Throws std::invalid_argument for another name.
const Scale& scale_named(std::string_view name);

/// Nodes 0..kStoryNodes-1 and the first kStoryGpuNodes GPU nodes belong to the named jobs.
inline constexpr unsigned kStoryNodes = 10;
inline constexpr unsigned kStoryGpuNodes = 3;
/// Behind all others: nodes for the crowd, and those with much memory.
inline constexpr unsigned kCrowdNodes = 8;
inline constexpr unsigned kCrowdGpuNodes = 3;
inline constexpr unsigned kLargeNodes = 2;
inline constexpr UnixTime kInterval = 60;  ///< seconds between two scrapes of the back-filled past
inline constexpr double kGpuIdleW = 55;
inline constexpr double kGpuFullW = 400;
inline constexpr double kGpuMemory = 40.0 * 1024 * 1024 * 1024;  ///< bytes
inline constexpr std::string_view kGpuType = "NVIDIA A100-SXM4-40GB";
inline constexpr double kLocalScratch = 4.0e12;  ///< bytes of a node's /localscratch

struct Cluster {
    std::string name;
    std::vector<Node> nodes;                ///< CPU nodes, then GPU nodes, then the crowd's
    std::vector<std::string> file_systems;  ///< Lustre

    /// Index of the first GPU node.
    [[nodiscard]] unsigned first_gpu_node() const;
    /// Index of the first node of the crowd: kCrowdNodes, then kCrowdGpuNodes, then kLargeNodes.
    [[nodiscard]] unsigned first_crowd_node() const;
};

/// The cluster for that scale.
Cluster build_cluster(std::string_view name, const Scale& scale);

/// Slurm's compressed form of sorted node indexes, such as nc[10001-10003,10005].
std::string compressed_names(const Cluster& cluster, const std::vector<unsigned>& nodes);

}  // namespace portal::simulator
