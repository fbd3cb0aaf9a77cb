#include "handlers/jobstats/run/gpu_use.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "handlers/graphs/graph.h"
#include "handlers/jobstats/run/power_questions.h"
#include "handlers/sources/prometheus/exporters.h"

namespace portal::jobstats {
namespace {

using promql::Expr;
using promql::Selector;

constexpr int kMostPoints = 1000;  // of a careful question
constexpr std::string_view kMig = "MIG-";
using Key = std::pair<std::string, std::string>;  // node and number, or uuid

Seconds careful_step(const JobRun& run, const Site& site) {
    return std::max(site.exporters.job.interval, run.range.length() / kMostPoints);
}

void take(Card& card, std::string_view part, double value) {
    if (std::isnan(value)) return;
    if (part == "cycles_sum") card.cycles.sum += value;
    if (part == "cycles_count") card.cycles.count += value;
    if (part == "power_sum") card.power.sum += value;
    if (part == "power_count") card.power.count += value;
    if (part == "first") card.first = card.first > 0 ? std::min(card.first, value) : value;
    if (part == "last") card.last = std::max(card.last, value);
    if (part.starts_with("odd_")) card.odd += value;
    if (part == "memory") card.memory = std::max(card.memory.value_or(value), value);
    if (part == "total") card.total = std::max(card.total.value_or(value), value);
}

/// A part of a card has a number of its own, and may have the uuid of the whole.
Key key_of(const prometheus::Series& series) {
    const std::string_view uuid = series.label("uuid");
    if (!uuid.empty() && !series.label("gpu").starts_with(kMig)) return {"", std::string(uuid)};
    return {graph::node_key(series.label("instance")), std::string(series.label("gpu"))};
}

std::map<Key, Card> cards_of(const prometheus::SeriesSet& answer) {
    std::map<Key, Card> cards;
    for (const prometheus::Series& series : answer.series) {
        Card& card = cards[key_of(series)];
        card.node = graph::node_key(series.label("instance"));
        card.part = card.part || series.label("gpu").starts_with(kMig);
        if (card.number.empty()) card.number = series.label("gpu");
        if (card.type.empty()) card.type = series.label("gpu_type");
        take(card, series.label("part"), series.values.at(0));
    }
    return cards;
}

bool outside(double value, const metric::Metric& metric) {
    return !(value >= metric.bounds.least && value <= metric.bounds.most);
}

const metric::Metric* bounds_of(std::string_view part) {
    if (part == "least" || part == "most" || part == "cycles_sum") return &metric::kGpuUtilization;
    if (part == "power_least" || part == "power_most") return &metric::kGpuPower;
    if (part == "memory") return &metric::kGpuMemoryUsed;
    return part == "total" ? &metric::kGpuMemoryTotal : nullptr;
}

/// Whether an extreme cannot be, or a sum is none.
bool shows_odd(const prometheus::SeriesSet& answer) {
    return std::any_of(answer.series.begin(), answer.series.end(),
                       [](const prometheus::Series& series) {
                           const std::string_view part = series.label("part");
                           const double value = series.values.at(0);
                           if (part.ends_with("_sum")) return std::isnan(value);
                           const metric::Metric* metric = bounds_of(part);
                           return metric != nullptr && outside(value, *metric);
                       });
}

/// One GPU under two numbers, never at once.
bool follows(const Card& earlier, const Card& later) {
    return earlier.node == later.node && earlier.type == later.type &&
           later.first + static_cast<double>(prometheus::kLookBack.count()) >= earlier.last;
}

template <class Value>
void keep_larger(std::optional<Value>& kept, const std::optional<Value>& other) {
    if (other) kept = std::max(kept.value_or(*other), *other);
}

void merge(Card& into, const Card& other) {
    into.cycles.sum += other.cycles.sum;
    into.cycles.count += other.cycles.count;
    into.power.sum += other.power.sum;
    into.power.count += other.power.count;
    keep_larger(into.memory, other.memory);
    keep_larger(into.total, other.total);
    into.last = std::max(into.last, other.last);
    into.odd += other.odd;
}

/// Joins GPUs that came one after the other until there are as few as Slurm knows of.
std::vector<Card> chained(std::vector<Card> cards, std::size_t known) {
    std::stable_sort(cards.begin(), cards.end(),
                     [](const Card& a, const Card& b) { return a.first < b.first; });
    std::vector<Card> kept;
    std::size_t left = cards.size();
    for (Card& card : cards) {
        const auto earlier = std::find_if(kept.begin(), kept.end(),
                                          [&](const Card& one) { return follows(one, card); });
        if (left <= known || earlier == kept.end()) {
            kept.push_back(std::move(card));
        } else {
            merge(*earlier, card);
            --left;
        }
    }
    return kept;
}

std::vector<Card> values_of(const std::map<Key, Card>& cards) {
    std::vector<Card> all;
    for (const auto& [key, card] : cards) all.push_back(card);
    return all;
}

}  // namespace

prometheus::Ticket ask_cards(const JobRun& run, Context& context) {
    const Seconds whole = run.range.length();
    const auto all = [&](const metric::Metric& metric) { return of_job(metric, run).as_sampled(); };
    const Selector cycles = all(metric::kGpuUtilization);
    const Selector power = card_power(run).as_sampled();
    const Expr query = promql::either({
        promql::tagged("cycles_sum", cycles.sum_over(whole)),
        promql::tagged("cycles_count", cycles.count_over(whole)),
        promql::tagged("least", cycles.min_over(whole)),
        promql::tagged("most", cycles.max_over(whole)),
        promql::tagged("memory", all(metric::kGpuMemoryUsed).max_over(whole)),
        promql::tagged("total", all(metric::kGpuMemoryTotal).max_over(whole)),
        promql::tagged("power_sum", power.sum_over(whole)),
        promql::tagged("power_count", power.count_over(whole)),
        promql::tagged("power_least", power.min_over(whole)),
        promql::tagged("power_most", power.max_over(whole)),
    });
    return context.metrics.ask({query, prometheus::Grid::at_instant(run.range.to)});
}

prometheus::Ticket ask_cards_carefully(const JobRun& run, Context& context) {
    const Seconds whole = run.range.length();
    const Seconds step = careful_step(run, context.site);
    const Selector cycles = of_job(metric::kGpuUtilization, run);
    const Selector memory = of_job(metric::kGpuMemoryUsed, run);
    const Selector power = card_power(run);
    const auto sum = [&](const Selector& of) { return promql::sum_over(of.now(), whole, step); };
    const auto count = [&](const Expr& of) { return promql::count_over(of, whole, step); };
    const auto most = [&](const Expr& of) { return promql::max_over(of, whole, step); };
    const Expr query = promql::either({
        promql::tagged("cycles_sum", sum(cycles)),
        promql::tagged("cycles_count", count(cycles.now())),
        promql::tagged("memory", most(memory.now())),
        promql::tagged("total", most(of_job(metric::kGpuMemoryTotal, run).now())),
        promql::tagged("power_sum", sum(power)),
        promql::tagged("power_count", count(power.now())),
        promql::tagged("first", promql::min_over(cycles.as_sampled().seen_at(), whole, step)),
        promql::tagged("last", most(cycles.as_sampled().seen_at())),
        promql::tagged("odd_cycles", count(cycles.odd())),
        promql::tagged("odd_memory", count(memory.odd())),
        promql::tagged("odd_power", count(power.odd())),
    });
    return context.metrics.ask({query, prometheus::Grid::at_instant(run.range.to)});
}

Cards read_cards(const prometheus::SeriesSet& answer, const JobRun& run) {
    Cards cards;
    cards.all = values_of(cards_of(answer));
    const std::uint32_t known = run.job.allocated.gpus.count;
    const bool too_many = known > 0 && cards.all.size() > known;
    cards.odd = too_many || shows_odd(answer);
    return cards;
}

Cards read_cards_carefully(const prometheus::SeriesSet& answer, const JobRun& run,
                           const Site& site) {
    Cards cards{values_of(cards_of(answer)), false, true, careful_step(run, site)};
    const std::uint32_t known = run.job.allocated.gpus.count;
    if (known > 0) cards.all = chained(std::move(cards.all), known);
    return cards;
}

}  // namespace portal::jobstats
