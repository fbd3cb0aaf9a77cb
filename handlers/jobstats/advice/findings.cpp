#include "handlers/jobstats/advice/findings.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "handlers/jobs/worth.h"

namespace portal::jobstats {
namespace {

using views::Argument;

double weight_of(const Lost& lost, const Worth& worth) {
    switch (lost.thing) {
        case Lost::Thing::CoreHours:
            return lost.amount * worth.core;
        case Lost::Thing::GpuHours:
            return lost.amount * worth.gpu;
        case Lost::Thing::GibHours:
            break;
    }
    return lost.amount * worth.gib;
}

bool compares(Condition::Op op, double value, double limit) {
    switch (op) {
        case Condition::Op::Less:
            return value < limit;
        case Condition::Op::AtMost:
            return value <= limit;
        case Condition::Op::Greater:
            return value > limit;
        case Condition::Op::AtLeast:
            return value >= limit;
        case Condition::Op::Is:
            break;
    }
    return value == limit;
}

/// What is not known never holds.
bool holds(const Condition& condition, const Values& values) {
    const auto value = values[condition.input];
    if (!value) return false;
    double limit = condition.limit;
    if (condition.other) {
        const auto other = values[*condition.other];
        if (!other) return false;
        limit *= *other;
    }
    return compares(condition.op, *value, limit);
}

/// GPUs times the share of the time in which they did nothing.
std::optional<double> idle_gpus(const Values& values) {
    const auto gpus = values[Input::Gpus];
    const auto share = values[Input::GpuShare];
    if (!gpus || !share) return std::nullopt;
    return *gpus * (1 - std::min(*share, 1.0));
}

std::optional<Lost> lost_by(Loss loss, const Values& values, const Site& site) {
    if (!values[Input::RunTime]) return std::nullopt;
    const double hours = *values[Input::RunTime] / kSecondsPerHour;
    const auto lost = [&](Lost::Thing thing, const std::optional<double>& count,
                          const std::optional<double>& price) -> std::optional<Lost> {
        if (!count) return std::nullopt;
        Lost result{thing, *count * hours, {}};
        if (price) result.money = result.amount * *price;
        return result;
    };
    switch (loss) {
        case Loss::None:
            return std::nullopt;
        case Loss::IdleCores:
            return lost(Lost::Thing::CoreHours, values[Input::CoresIdle], site.cost.cpu_core_hour);
        case Loss::IdleGpus:
            return lost(Lost::Thing::GpuHours, idle_gpus(values), site.cost.gpu_hour);
        case Loss::UnusedGpus:
            return lost(Lost::Thing::GpuHours, values[Input::GpusIdle], site.cost.gpu_hour);
        case Loss::UnusedMemory: {
            const auto had = values[Input::Memory];
            const auto peak = values[Input::MemoryPeak];
            if (!had || !peak) return std::nullopt;
            return lost(Lost::Thing::GibHours, std::max(*had - *peak, 0.0) / kGibibyte, {});
        }
        case Loss::WholeRun:
            break;
    }
    if (values[Input::Gpus]) {
        return lost(Lost::Thing::GpuHours, values[Input::Gpus], site.cost.gpu_hour);
    }
    return lost(Lost::Thing::CoreHours, values[Input::Cores], site.cost.cpu_core_hour);
}

bool applies(const Rule& rule, const Values& values, const Site& site) {
    if (!rule.enabled) return false;
    if (!std::all_of(rule.when.begin(), rule.when.end(),
                     [&](const Condition& one) { return holds(one, values); })) {
        return false;
    }
    const double ran = values[Input::RunTime].value_or(0);
    if (ran < static_cast<double>(rule.least_run.count())) return false;
    const auto lost = lost_by(rule.loses, values, site);
    return rule.least_lost <= 0 || (lost && lost->amount >= rule.least_lost);
}

/// The rules for a partition: variants in place of what they vary.
std::vector<const Rule*> rules_for(std::string_view partition, const Rules& rules) {
    std::vector<const Rule*> chosen;
    for (const Rule& rule : rules) {
        if (!rule.partition.empty()) continue;
        const Rule* best = &rule;
        for (const Rule& other : rules) {
            if (other.name == rule.name && other.partition == partition) best = &other;
        }
        chosen.push_back(best);
    }
    return chosen;
}

/// Silencing has no circles, so each rule is decided by those that are.
bool is_silenced(const Rule& rule, const std::vector<const Rule*>& fired) {
    return std::any_of(fired.begin(), fired.end(), [&](const Rule* other) {
        const auto& names = other->silences;
        const bool named = std::find(names.begin(), names.end(), rule.name) != names.end();
        return named && !is_silenced(*other, fired);
    });
}

Argument argument_of(Input input, const Values& values) {
    const double value = values[input].value_or(0);
    switch (kind_of(input).unit) {
        case InputUnit::Share:
            return views::percent_argument(value);
        case InputUnit::Time:
            return views::duration_argument(Seconds{static_cast<std::int64_t>(value)});
        case InputUnit::Amount:
        case InputUnit::Growth:
            return views::bytes_argument(value);
        case InputUnit::Names:
            return views::text_argument(values.names_of(input));
        default:
            return views::number_argument(value);
    }
}

views::Notice::Weight weight_of(Rule::Severity severity) {
    switch (severity) {
        case Rule::Severity::Error:
            return views::Notice::Weight::Error;
        case Rule::Severity::Warning:
            return views::Notice::Weight::Warning;
        case Rule::Severity::Information:
            break;
    }
    return views::Notice::Weight::Information;
}

}  // namespace

std::vector<Finding> findings_of(const Values& values, std::string_view partition,
                                 const Site& site) {
    std::vector<const Rule*> fired;
    for (const Rule* rule : rules_for(partition, site.rules)) {
        if (applies(*rule, values, site)) fired.push_back(rule);
    }
    std::vector<Finding> findings;
    for (const Rule* rule : fired) {
        if (is_silenced(*rule, fired)) continue;
        findings.push_back({rule, lost_by(rule->loses, values, site)});
    }
    const Worth worth = worth_of(site);
    const auto order = [&](const Finding& finding) {
        const double weight = finding.lost ? weight_of(*finding.lost, worth) : 0;
        return std::pair(finding.rule->severity, -weight);
    };
    std::stable_sort(findings.begin(), findings.end(),
                     [&](const Finding& a, const Finding& b) { return order(a) < order(b); });
    return findings;
}

views::Sentence sentence_of(const std::string& text, const Values& values) {
    views::Sentence result;
    std::string_view rest = text;
    while (true) {
        const auto from = rest.find('{');
        const auto to = rest.find('}', from);
        result.id += rest.substr(0, from);
        if (from == std::string_view::npos || to == std::string_view::npos) return result;
        const auto input = input_of(rest.substr(from + 1, to - from - 1));
        if (input) {
            result.id += "{" + std::to_string(result.arguments.size()) + "}";
            result.arguments.push_back(argument_of(*input, values));
        }
        rest.remove_prefix(to + 1);
    }
}

views::Sentence lost_sentence(const Lost& lost, const Site& site) {
    constexpr double kLeast = 0.1;
    if (lost.amount < kLeast) return {};
    const Argument amount = views::number_argument(lost.amount);
    const Argument money = views::money_argument(lost.money.value_or(0), site.cost.currency);
    switch (lost.thing) {
        case Lost::Thing::CoreHours:
            return lost.money ? views::sentence("Lost: {0} core-hours, about {1}.", {amount, money})
                              : views::sentence("Lost: {0} core-hours.", {amount});
        case Lost::Thing::GpuHours:
            return lost.money ? views::sentence("Lost: {0} GPU-hours, about {1}.", {amount, money})
                              : views::sentence("Lost: {0} GPU-hours.", {amount});
        case Lost::Thing::GibHours:
            break;
    }
    return views::sentence("Lost: {0} GiB-hours of memory.", {amount});
}

views::Notice notice_of(const Finding& finding, const Values& values, const Site& site,
                        Language language) {
    const Rule& rule = *finding.rule;
    const auto limits = site.verdicts.find(rule.verdict);
    const std::string own =
        limits == site.verdicts.end() ? std::string{} : limits->second.poor_text.in(language);
    views::Notice notice;
    notice.weight = weight_of(rule.severity);
    notice.title = sentence_of(rule.title.in(language), values);
    notice.text =
        own.empty() ? sentence_of(rule.text.in(language), values) : views::Sentence{own, {}, {}, 0};
    notice.anchor = rule.graph;
    notice.rule = rule.name;
    if (finding.lost) notice.lost = lost_sentence(*finding.lost, site);
    return notice;
}

}  // namespace portal::jobstats
