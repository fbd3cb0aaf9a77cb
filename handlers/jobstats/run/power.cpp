#include "handlers/jobstats/run/power.h"

#include <algorithm>
#include <cmath>

namespace portal::jobstats {
namespace {

using prometheus::kGap;

const std::vector<double>* find_node(const ByNode& samples, const std::string& node) {
    const auto found = samples.find(node);
    return found == samples.end() ? nullptr : &found->second;
}

constexpr std::size_t kReach = 2;  // points

/// A line over gaps of up to two points: one odd sample is one gap.
void bridge_short_gaps(std::vector<double>& values) {
    std::size_t known = values.size();
    for (std::size_t point = 0; point < values.size(); ++point) {
        if (std::isnan(values[point])) continue;
        const std::size_t missing = point - known - 1;
        for (std::size_t at = known + 1; known < point && missing <= kReach && at < point; ++at) {
            const double part =
                static_cast<double>(at - known) / static_cast<double>(point - known);
            values[at] = values[known] + part * (values[point] - values[known]);
        }
        known = point;
    }
}

/// The nearest values that there are, held over up to two points at each edge: the job's own
/// samples begin and end within its run, each exporter's at another moment.
std::vector<double> reached_out(std::vector<double> values) {
    const auto hold = [](auto first, auto last) {
        const auto known = std::find_if(first, last, [](double one) { return !std::isnan(one); });
        if (known == last || static_cast<std::size_t>(known - first) > kReach) return;
        std::fill(first, known, *known);
    };
    hold(values.begin(), values.end());
    hold(values.rbegin(), values.rend());
    bridge_short_gaps(values);
    return values;
}

ByNode reached_out(const ByNode& all) {
    ByNode reached;
    for (const auto& [node, values] : all) reached.emplace(node, reached_out(values));
    return reached;
}

double share_of_cores(const NodeShare& share) {
    const bool known = share.job_cores > 0 && share.node_cores > 0;
    return known ? std::min(share.job_cores / share.node_cores, 1.0) : kGap;
}

std::vector<double> attribute_node(const PowerSamples& samples, const std::string& node,
                                   const std::vector<double>& chassis, const NodeShare& share) {
    std::vector<double> watts(chassis.size(), kGap);
    const auto* node_gpus = find_node(samples.node_gpus, node);
    const auto* job_gpus = find_node(samples.job_gpus, node);
    if (share.has_gpus && (node_gpus == nullptr || job_gpus == nullptr)) return watts;
    const double of_rest = share_of_cores(share);
    for (std::size_t point = 0; point < watts.size(); ++point) {
        const double all = node_gpus == nullptr ? 0 : (*node_gpus)[point];
        const double own = job_gpus == nullptr ? 0 : (*job_gpus)[point];
        watts[point] = std::max(chassis[point] - all, 0.0) * of_rest + own;
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
    const auto step = static_cast<double>(grid.step.count());
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

ByNode attribute_power(const PowerSamples& sampled,
                       const std::map<std::string, NodeShare>& shares) {
    const PowerSamples samples{sampled.grid, reached_out(sampled.chassis),
                               reached_out(sampled.node_gpus), reached_out(sampled.job_gpus)};
    ByNode watts;
    for (const auto& [node, chassis] : samples.chassis) {
        const auto found = shares.find(node);
        const NodeShare share = found == shares.end() ? NodeShare{} : found->second;
        watts[node] = attribute_node(samples, node, chassis, share);
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
