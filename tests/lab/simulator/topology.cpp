#include "topology.h"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace portal::simulator {
namespace {

constexpr UnixTime kDay = 86400;
constexpr std::array<Scale, 3> kScales{{
    {"small", 3, 1, 2 * kDay, 30, 3'000, 180 * kDay, 60 * kDay},
    {"medium", 4, 2, 7 * kDay, 350, 50'000, 365 * kDay, 60 * kDay},
    {"large", 5, 2, 14 * kDay, 1'900, 1'000'000, 730 * kDay, 90 * kDay},
}};
constexpr std::size_t kPrefix = 2;  // letters before the number of a node

}  // namespace

const Scale& scale_named(std::string_view name) {
    const auto found = std::ranges::find(kScales, name, &Scale::name);
    if (found == kScales.end()) throw std::invalid_argument("size is small, medium or large");
    return *found;
}

unsigned Cluster::first_gpu_node() const {
    const auto found = std::ranges::find_if(nodes, [](const Node& node) { return node.gpus > 0; });
    return static_cast<unsigned>(found - nodes.begin());
}

unsigned Cluster::first_crowd_node() const {
    return static_cast<unsigned>(nodes.size()) - kCrowdNodes - kCrowdGpuNodes - kLargeNodes;
}

Cluster build_cluster(std::string_view name, const Scale& scale) {
    Cluster cluster{std::string(name), {}, {"lustre02", "lustre03", "lustre04"}};
    for (unsigned i = 0; i < kStoryNodes + scale.cpu_nodes; ++i) {
        cluster.nodes.push_back({"nc" + std::to_string(10001 + i), 64, 0, 249'000, 180, 320});
    }
    for (unsigned i = 0; i < kStoryGpuNodes + scale.gpu_nodes; ++i) {
        cluster.nodes.push_back({"ng" + std::to_string(10201 + i), 48, 4, 498'000, 350, 250});
    }
    for (unsigned i = 0; i < kCrowdNodes; ++i) {
        cluster.nodes.push_back({"nc" + std::to_string(10101 + i), 64, 0, 249'000, 180, 320});
    }
    for (unsigned i = 0; i < kCrowdGpuNodes; ++i) {
        cluster.nodes.push_back({"ng" + std::to_string(10251 + i), 48, 4, 498'000, 350, 250});
    }
    for (unsigned i = 0; i < kLargeNodes; ++i) {
        cluster.nodes.push_back({"nl" + std::to_string(10301 + i), 64, 0, 4'000'000, 260, 340});
    }
    return cluster;
}

std::string compressed_names(const Cluster& cluster, const std::vector<unsigned>& nodes) {
    std::string text;
    for (std::size_t i = 0; i < nodes.size();) {
        const std::string prefix = cluster.nodes[nodes[i]].name.substr(0, kPrefix);
        std::string ranges;
        bool several = false;
        while (i < nodes.size() && cluster.nodes[nodes[i]].name.starts_with(prefix)) {
            std::size_t last = i;
            while (last + 1 < nodes.size() && nodes[last + 1] == nodes[last] + 1 &&
                   cluster.nodes[nodes[last + 1]].name.starts_with(prefix)) {
                ++last;
            }
            several = several || last > i || !ranges.empty();
            if (!ranges.empty()) ranges += ',';
            ranges += cluster.nodes[nodes[i]].name.substr(kPrefix);
            if (last > i) ranges += '-' + cluster.nodes[nodes[last]].name.substr(kPrefix);
            i = last + 1;
        }
        if (!text.empty()) text += ',';
        text += prefix;
        text += several ? '[' + ranges + ']' : ranges;
    }
    return text;
}

}  // namespace portal::simulator
