#include "handlers/cloudstats/instances.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <tuple>

#include "handlers/sources/prometheus/exporters.h"

namespace portal::cloudstats {
namespace {

using promql::Expr;
using promql::Selector;

constexpr double kPaused = 3;  // libvirt's number
constexpr int kMeanPoints = 168;
constexpr Seconds kLookBack = std::chrono::minutes{5};  // of Prometheus: each sample is seen once

/// A mean over a range of what is measured over short pieces of it: the pieces in which a machine
/// did not run do not count.
struct Pieces {
    Seconds window;
    Seconds step;

    [[nodiscard]] Expr mean(const Expr& inner) const {
        return promql::avg_over(inner, window, step);
    }
};

/// When it was last seen, by name and flavor, to within five minutes. A machine that ran for less
/// is found by its presence, which says 1.
Expr last_seen(const Selector& state, Seconds reach) {
    const auto by_machine = [](const Expr& inner) {
        return promql::max_by({"uuid", "instance_name", "instance_type"}, inner);
    };
    return promql::either(by_machine(promql::max_over(state.seen_at(), reach, kLookBack)),
                          by_machine(state.present_over(reach)));
}

/// Counts each virtual core once, though a machine that moved has two series of it for a while.
Expr count_vcpus(const Expr& series) {
    return promql::count_by({"uuid"}, promql::count_by({"uuid", "vcpu"}, series));
}

Expr max_by_uuid(const Expr& series) {
    return promql::max_by({"uuid"}, series);
}

Expr question(const Which& which, TimeRange range, Seconds reach, Seconds interval) {
    const Seconds window = range.length();
    const Pieces pieces{window, std::max(window / kMeanPoints, 4 * interval)};
    const Selector cpu = which.of(metric::kVmCpuTime);
    const Selector memory = which.of(metric::kVmMemory);
    const Expr used_memory =
        memory.avg_over(pieces.step) - which.of(metric::kVmMemoryUsable).avg_over(pieces.step);
    const Expr used_vcpus = promql::sum_by({"uuid"}, cpu.rate(pieces.step));
    const Selector state = which.of(metric::kVmState);
    return promql::either({
        promql::tagged("seen", last_seen(state, reach)),
        promql::tagged("state", max_by_uuid(state.now())),
        promql::tagged(
            "vcpus", promql::either(count_vcpus(cpu.now()), count_vcpus(cpu.present_over(window)))),
        promql::tagged("used_vcpus", pieces.mean(used_vcpus)),
        promql::tagged("memory", promql::either(max_by_uuid(memory.now()),
                                                max_by_uuid(memory.max_over(window)))),
        promql::tagged("used_memory", pieces.mean(max_by_uuid(used_memory))),
    });
}

/// Of several names or flavors of one machine the last one counts.
void take_seen(Instance& instance, const prometheus::Series& series, double value) {
    const Instant when = from_unix(static_cast<std::int64_t>(value));
    if (!instance.name.empty() && instance.last_seen.value_or(Instant{}) >= when) return;
    instance.name = series.label("instance_name");
    instance.flavor = series.label("instance_type");
    if (value > 1) instance.last_seen = when;
}

void take(Instance& instance, const prometheus::Series& series, double value) {
    const auto part = series.label("part");
    if (part == "seen") take_seen(instance, series, value);
    if (part == "state") {
        instance.runs = true;
        instance.paused = value == kPaused;
    }
    if (part == "vcpus") instance.vcpus = value;
    if (part == "used_vcpus") instance.used_vcpus = metric::kVmCpuTime.base(value);
    if (part == "memory") instance.memory = metric::kVmMemory.base(value);
    if (part == "used_memory") instance.used_memory = metric::kVmMemory.base(value);
}

}  // namespace

Selector Which::of(promql::Literal metric) const {
    Selector selector = Selector(metric).eq("project_name", project);
    if (!uuid.empty()) selector.eq("uuid", uuid);
    return selector;
}

Result<std::vector<Instance>> read_instances(const Which& which, TimeRange range, Seconds reach,
                                             Context& context) {
    const Seconds interval = context.site.exporters.cloud.interval;
    const auto at_the_end = prometheus::Grid::at_instant(range.to);
    const auto answer = context.metrics.collect(
        context.metrics.ask({question(which, range, reach, interval), at_the_end}));
    if (!answer.ok()) return answer.error();
    std::map<std::string, Instance> by_uuid;
    for (const prometheus::Series& series : answer.value().series) {
        const double value = series.values.at(0);
        const std::string uuid(series.label("uuid"));
        if (uuid.empty() || std::isnan(value)) continue;
        take(by_uuid[uuid], series, value);
    }
    std::vector<Instance> instances;
    for (auto& [uuid, instance] : by_uuid) {
        instance.uuid = uuid;
        instances.push_back(std::move(instance));
    }
    std::stable_sort(
        instances.begin(), instances.end(),
        [](const Instance& left, const Instance& right) { return left.name < right.name; });
    return instances;
}

}  // namespace portal::cloudstats
