#include "handlers/jobstats/job/power.h"

#include <algorithm>
#include <cmath>

namespace portal::jobstats {
namespace {

using prometheus::kGap;

constexpr double kJoulesPerKwh = 3.6e6;

const std::vector<double>* find_node(const ByNode& samples, const std::string& node) {
    const auto found = samples.find(node);
    return found == samples.end() ? nullptr : &found->second;
}

double share_of(const NodeShare& share, bool gpu_job) {
    const double part = gpu_job ? share.job_gpus : share.job_cores;
    const double whole = gpu_job ? share.node_gpus : share.node_cores;
    return part > 0 && whole > 0 ? std::min(part / whole, 1.0) : kGap;
}

std::vector<double> attribute_node(const PowerSamples& samples, const std::string& node,
                                   const std::vector<double>& chassis, double share, bool gpu_job) {
    std::vector<double> watts(chassis.size(), kGap);
    const auto* node_gpus = find_node(samples.node_gpus, node);
    const auto* job_gpus = find_node(samples.job_gpus, node);
    if (gpu_job && (node_gpus == nullptr || job_gpus == nullptr)) return watts;
    for (std::size_t point = 0; point < watts.size(); ++point) {
        watts[point] = gpu_job ? std::max(chassis[point] - (*node_gpus)[point], 0.0) * share +
                                     (*job_gpus)[point]
                               : chassis[point] * share;
    }
    return watts;
}

/// Joules and covered seconds of one node.
struct Integral {
    double joules = 0;
    double seconds = 0;

    void add(double watts, double duration) {
        if (std::isnan(watts) || duration <= 0) return;
        joules += watts * duration;
        seconds += duration;
    }
};

Integral integrate_node(const std::vector<double>& watts, const prometheus::Grid& grid,
                        TimeRange range) {
    Integral integral;
    const double step = static_cast<double>(grid.step.count());
    const auto edge = [&](Seconds length) {
        return std::min(static_cast<double>(length.count()), step);
    };
    integral.add(watts.front(), edge(grid.start - range.from));
    for (std::size_t point = 1; point < watts.size(); ++point) {
        integral.add((watts[point - 1] + watts[point]) / 2, step);
    }
    integral.add(watts.back(), edge(range.to - grid.last()));
    return integral;
}

}  // namespace

ByNode attribute_power(const PowerSamples& samples, const std::map<std::string, NodeShare>& shares,
                       bool gpu_job) {
    ByNode watts;
    for (const auto& [node, chassis] : samples.chassis) {
        const auto found = shares.find(node);
        const double share = found == shares.end() ? kGap : share_of(found->second, gpu_job);
        watts[node] = attribute_node(samples, node, chassis, share, gpu_job);
    }
    return watts;
}

Energy integrate(const ByNode& watts, const prometheus::Grid& grid, TimeRange range,
                 std::size_t nodes) {
    Integral total;
    for (const auto& [node, values] : watts) {
        if (values.empty()) continue;
        const Integral one = integrate_node(values, grid, range);
        total.joules += one.joules;
        total.seconds += one.seconds;
    }
    const double whole = static_cast<double>(range.length().count()) *
                         static_cast<double>(std::max<std::size_t>(nodes, 1));
    return {.kwh = total.joules / kJoulesPerKwh,
            .covered = whole > 0 ? std::min(total.seconds / whole, 1.0) : 0};
}

}  // namespace portal::jobstats
