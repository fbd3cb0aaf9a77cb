#include "handlers/cloudstats/instances.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <tuple>

#include "handlers/graphs/graph.h"
#include "handlers/graphs/held.h"
#include "handlers/sources/prometheus/exporters.h"

namespace portal::cloudstats {
namespace {

using promql::Expr;
using promql::Selector;

/// Numbers of libvirt: 0 to 2 compute, 4 to 6 are on their way out, off, or crashed.
constexpr double kPaused = 3;
constexpr double kSuspended = 7;
/// Pieces of a range in which growth is set against the samples that show it: few, since each is a
/// point of every machine, but enough that growth while nothing was scraped hardly counts.
constexpr Seconds::rep kPieces = 48;
/// Pieces are long enough for a rate.
constexpr int kScrapes = 10;
constexpr std::int64_t kLooks = 3000;

Expr sum_by_uuid(const Expr& series) {
    return promql::sum_by({"uuid"}, series);
}

/// Mean of a gauge over its samples, whatever part of the range they fill and however many series
/// a machine that moved has. No value if it is outside the metric's bounds.
Expr mean_of(const metric::Metric& metric, const Which& which, Seconds window) {
    const Selector gauge = which.of(metric);
    const Expr mean = promql::divide_on({"uuid"}, sum_by_uuid(gauge.sum_over(window)),
                                        sum_by_uuid(gauge.count_over(window)));
    return promql::bounded(mean, metric.bounds);
}

/// When it was last seen, by name and flavor, to within five minutes. A machine that ran for less
/// is found by its presence alone, with the value 1.
Expr last_seen(const Selector& state, Seconds reach) {
    const auto by_machine = [](const Expr& inner) {
        return promql::max_by({"uuid", "instance_name", "instance_type"}, inner);
    };
    return promql::either(
        by_machine(promql::max_over(state.seen_at(), reach, prometheus::kLookBack)),
        by_machine(state.present_over(reach)));
}

/// Counts each virtual core once, though a machine that moved has two series of it for a while.
Expr count_vcpus(const Expr& series) {
    return promql::count_by({"uuid"}, promql::count_by({"uuid", "vcpu"}, series));
}

Expr max_by_uuid(const Expr& series) {
    return promql::max_by({"uuid"}, series);
}

Expr question(const Which& which, TimeRange range, Seconds reach) {
    const Seconds window = range.length();
    const Selector cpu = which.of(metric::kVmCpuTime);
    const Selector memory = which.of(metric::kVmMemory);
    const Expr used_memory = promql::minus_on({"uuid"}, mean_of(metric::kVmMemory, which, window),
                                              mean_of(metric::kVmMemoryUsable, which, window));
    const Selector state = which.of(metric::kVmState);
    return promql::either({
        promql::tagged("seen", last_seen(state, reach)),
        // One that moves runs on one host and is paused on the other.
        promql::tagged("state", promql::min_by({"uuid"}, state.now())),
        promql::tagged(
            "vcpus", promql::either(count_vcpus(cpu.now()), count_vcpus(cpu.present_over(window)))),
        promql::tagged("memory", promql::either(max_by_uuid(memory.now()),
                                                max_by_uuid(memory.max_over(window)))),
        promql::tagged("used_memory", used_memory),
    });
}

prometheus::Grid pieces_of(TimeRange range, Seconds interval) {
    const Seconds length = std::max(range.length(), Seconds{1});
    const auto pieces = std::clamp<Seconds::rep>(length / (kScrapes * interval), 1, kPieces);
    const Seconds step = length / pieces;
    return {range.to - step * (pieces - 1), step, static_cast<std::size_t>(pieces)};
}

/// How busy virtual cores were while they ran: how much their counters grew, against the time that
/// the samples stand for. A core that two hypervisors or two servers show counts in both.
struct Busy {
    SampleTimes times;
    prometheus::Ticket growth;
    prometheus::Ticket samples;
};

Busy ask_busy(const Which& which, TimeRange range, Context& context) {
    const prometheus::Grid pieces = pieces_of(range, context.site.exporters.cloud.interval);
    const Selector cpu = which.of(metric::kVmCpuTime);
    return {{{which.of(metric::kVmState)}, pieces, kLooks, context},
            context.metrics.ask({sum_by_uuid(cpu.increase(pieces.step)), pieces}),
            context.metrics.ask({sum_by_uuid(cpu.count_over(pieces.step - Seconds{1})), pieces})};
}

/// Share of one core by UUID, 0 … 1. Errors: any Fault of Prometheus.
Result<std::map<std::string, double>> collect_busy(Busy busy, Context& context) {
    const auto growth = context.metrics.collect(busy.growth);
    const auto samples = context.metrics.collect(busy.samples);
    const auto known = busy.times.collect();
    if (!growth.ok()) return growth.error();
    if (!samples.ok()) return samples.error();
    if (!known.ok()) return known.error();
    std::map<std::string, double> ran;
    for (const prometheus::Series& series : samples.value().series) {
        ran[std::string(series.label("uuid"))] = busy.times.unit_seconds(series.values);
    }
    std::map<std::string, double> shares;
    for (const prometheus::Series& series : growth.value().series) {
        const std::string uuid(series.label("uuid"));
        const double grown = metric::kVmCpuTime.base(graph::total_of(series.values));
        if (ran[uuid] > 0) shares[uuid] = grown / ran[uuid];
    }
    return shares;
}

/// If a machine had several names or flavors, the latest counts.
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
        instance.paused = value == kPaused || value == kSuspended;
        instance.runs = value < kPaused || instance.paused;
    }
    if (part == "vcpus") instance.vcpus = value;
    if (part == "memory") instance.memory = metric::kVmMemory.base(value);
    // Two means may be of different samples: less than none is not known.
    if (part == "used_memory" && value >= 0) instance.used_memory = metric::kVmMemory.base(value);
}

}  // namespace

Selector Which::of(const metric::Metric& metric) const {
    Selector selector = Selector(metric).eq("project_name", project);
    if (!uuid.empty()) selector.eq("uuid", uuid);
    return selector;
}

Result<std::vector<Instance>> read_instances(const Which& which, TimeRange range, Seconds reach,
                                             Context& context) {
    const auto at_the_end = prometheus::Grid::at_instant(range.to);
    const auto asked = context.metrics.ask({question(which, range, reach), at_the_end});
    Busy busy = ask_busy(which, range, context);
    const auto answer = context.metrics.collect(asked);
    const auto shares = collect_busy(std::move(busy), context);
    if (!answer.ok()) return answer.error();
    if (!shares.ok()) return shares.error();
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
        const auto share = shares.value().find(uuid);
        if (share != shares.value().end() && instance.vcpus) {
            instance.used_vcpus = share->second * *instance.vcpus;
        }
        instances.push_back(std::move(instance));
    }
    std::stable_sort(
        instances.begin(), instances.end(),
        [](const Instance& left, const Instance& right) { return left.name < right.name; });
    return instances;
}

}  // namespace portal::cloudstats
