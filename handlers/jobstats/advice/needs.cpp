#include "handlers/jobstats/advice/needs.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "handlers/jobstats/quantile.h"

namespace portal::jobstats {
namespace {

/// Of so few runs the least is what is usual, of so many the one in the middle: how far the most is
/// above it is how far the next may be above the most. The fewer there are, the more is added.
constexpr double kFew = 3;
constexpr double kEnough = 20;
/// They grow if so many more pairs of runs grow than shrink, as a share of all pairs, and the
/// newest third needs so much more than the oldest.
constexpr double kGrowing = 0.5;
constexpr double kGrowth = 1.1;

double mean_of(std::span<const double> values) {
    double sum = 0;
    for (const double value : values) sum += value;
    return sum / static_cast<double>(values.size());
}

bool grows(std::span<const double> newest_first) {
    const std::size_t count = newest_first.size();
    if (count < 3) return false;
    int more = 0;
    int pairs = 0;
    for (std::size_t newer = 0; newer < count; ++newer) {
        for (std::size_t older = newer + 1; older < count; ++older) {
            ++pairs;
            if (newest_first[newer] > newest_first[older]) ++more;
            if (newest_first[newer] < newest_first[older]) --more;
        }
    }
    const std::size_t third = count / 3;
    const double growth = mean_of(newest_first.first(third)) / mean_of(newest_first.last(third));
    return more > kGrowing * pairs && growth > kGrowth;
}

/// The most that one node used, as far as it is known.
Need::Number most_of_node(const Values& values, const JobFacts& facts) {
    const auto peak = values[Input::MemoryPeak];
    if (!peak) return std::nullopt;
    double most = *peak / static_cast<double>(nodes_of(facts.run));
    for (const JobUse::Node& node : facts.measures.nodes) {
        most = std::max(most, node.memory.value_or(0));
    }
    return most;
}

Need::Number busy_cores_of(const Values& values) {
    const auto used = values[Input::CoresUsed];
    if (!used) return std::nullopt;
    return std::max(*used, values[Input::CoresPeak].value_or(0));
}

Need::Number busy_gpus_of(const Values& values) {
    const auto had = values[Input::Gpus];
    const auto idle = values[Input::GpusIdle];
    if (!had || !idle) return std::nullopt;
    return std::max(*had - *idle, 0.0);
}

}  // namespace

Need need_of(const Values& values, const JobFacts& facts) {
    Need need;
    need.nodes = static_cast<double>(nodes_of(facts.run));
    need.cores = values[Input::Cores].value_or(0);
    need.gpus = values[Input::Gpus].value_or(0);
    need.memory_had = values[Input::Memory];
    if (need.memory_had) *need.memory_had /= need.nodes;
    need.limit = values[Input::TimeLimit];
    need.hours = values[Input::RunTime].value_or(0) / kSecondsPerHour;
    need.memory = most_of_node(values, facts);
    need.busy_nodes = values[Input::BusyNodes];
    need.busy_cores = busy_cores_of(values);
    need.busy_gpus = busy_gpus_of(values);
    need.more_memory = values[Input::OutOfMemory].has_value();
    need.more_time = values[Input::TimedOut].has_value();
    const bool completed = values[Input::Completed].has_value();
    if (completed) need.ran = values[Input::RunTime];
    const Need::Number& memory = need.more_memory ? need.memory_had : need.memory;
    const bool ended = completed || need.more_memory || need.more_time;
    need.whole = ended && values[Input::RunTime] && memory;
    return need;
}

Demand demand_of(std::span<const double> needs, double quantile, double margin) {
    if (needs.empty()) return {};
    std::vector<double> rising(needs.begin(), needs.end());
    std::sort(rising.begin(), rising.end());
    Demand demand{.least = rising.front(), .most = rising.back(), .grows = grows(needs)};
    const double needed = quantile_of(rising, quantile);
    const auto count = static_cast<double>(rising.size());
    const double part = std::clamp((count - kFew) / (kEnough - kFew), 0.0, 1.0);
    const double usual = quantile_of(rising, part / 2);
    const double apart = usual > 0 ? demand.most / usual : 1;
    const double unseen = count < kFew ? 1 : 1 + std::max(1 / count - 1 / kEnough, 0.0);
    demand.plain = std::max(needed * margin * unseen, demand.most);
    demand.wanted = std::max(needed * std::max(margin, apart) * unseen, demand.most);
    return demand;
}

}  // namespace portal::jobstats
