#include "handlers/jobstats/rules.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>

#include "fcgi/base/text.h"
#include "fcgi/config/section.h"
#include "handlers/jobstats/graphs/job_graphs.h"
#include "handlers/jobstats/rules_text.h"
#include "handlers/site.h"

namespace portal {
namespace {

using namespace config;

constexpr double kMostOfAnything = 1e18;
constexpr double kMostShare = 10;  // of what it had
constexpr double kPercent = 100;
constexpr std::string_view kShippedPath = "rules.ini";

struct Suffix {
    InputUnit unit;
    std::string_view text;
    double factor;
};
constexpr std::array kSuffixes = {
    Suffix{InputUnit::Share, "%", 1 / kPercent},
    Suffix{InputUnit::Time, "s", 1},
    Suffix{InputUnit::Time, "min", 60},
    Suffix{InputUnit::Time, "h", kSecondsPerHour},
    Suffix{InputUnit::Amount, "GiB", kGibibyte},
    Suffix{InputUnit::Amount, "MiB", kMebibyte},
    Suffix{InputUnit::Amount, "KiB", kKibibyte},
    Suffix{InputUnit::Growth, "GiB/h", kGibibyte},
    Suffix{InputUnit::Count, "", 1},
    Suffix{InputUnit::Flag, "", 1},
};

std::vector<std::string> words_of(std::string_view text) {
    return text::split_list(text, ' ');
}

/// A limit in the unit of its input. Empty: it is none, or one that can never be.
std::optional<double> limit_of(InputUnit unit, std::string_view text) {
    for (const Suffix& suffix : kSuffixes) {
        if (suffix.unit != unit || !text.ends_with(suffix.text)) continue;
        const auto number =
            text::parse_decimal(std::string(text.substr(0, text.size() - suffix.text.size())));
        if (!number) continue;
        const double limit = *number * suffix.factor;
        const double most = unit == InputUnit::Share ? kMostShare : kMostOfAnything;
        if (limit < 0 || limit > most) return std::nullopt;
        return limit;
    }
    return std::nullopt;
}

std::string limit_example(InputUnit unit) {
    switch (unit) {
        case InputUnit::Share:
            return "a share from 0% to 1000%, such as 40%";
        case InputUnit::Time:
            return "a time such as 90s, 10min or 2h";
        case InputUnit::Amount:
            return "an amount such as 500MiB or 2GiB";
        case InputUnit::Growth:
            return "a growth such as 2GiB/h";
        default:
            return "a number that is not negative, or an input";
    }
}

Input known_input(const Value& value, std::string_view name) {
    const auto input = input_of(name);
    if (!input) value.fail("an input, which '" + std::string(name) + "' is not: " + input_names());
    return *input;
}

Condition::Op operator_of(const Value& value, std::string_view text) {
    constexpr std::pair<std::string_view, Condition::Op> kOperators[] = {
        {"<", Condition::Op::Less},
        {"<=", Condition::Op::AtMost},
        {">", Condition::Op::Greater},
        {">=", Condition::Op::AtLeast},
    };
    for (const auto& [sign, op] : kOperators) {
        if (sign == text) return op;
    }
    value.fail("one of < <= > >= after the input");
}

double grade_word(const Value& value, std::string_view word) {
    if (word == "poor") return kPoorGrade;
    if (word == "fair") return kFairGrade;
    if (word == "good") return kGoodGrade;
    value.fail("poor, fair or good after is");
}

Condition grade_condition(const Value& value, const std::vector<std::string>& words) {
    const Input input = known_input(value, words[0]);
    if (kind_of(input).unit != InputUnit::Grade || words.size() != 3) {
        value.fail(
            "a grade before is: time_grade, cores_grade, memory_grade, gpu_grade or "
            "gpu_memory_grade");
    }
    return {input, Condition::Op::Is, grade_word(value, words[2]), {}};
}

/// input OP limit, input OP other, or input OP factor * other.
Condition comparison(const Value& value, const std::vector<std::string>& words) {
    Condition condition{.input = known_input(value, words[0]), .op = operator_of(value, words[1])};
    const InputUnit unit = kind_of(condition.input).unit;
    if (unit == InputUnit::Names || unit == InputUnit::Grade) value.fail("an input with a number");
    if (words.size() == 3 && !input_of(words[2])) {
        const auto limit = limit_of(unit, words[2]);
        if (!limit) value.fail(limit_example(unit));
        condition.limit = *limit;
        return condition;
    }
    condition.other = known_input(value, words.back());
    if (kind_of(*condition.other).unit != unit) value.fail("an input of the same unit");
    const auto factor = words.size() == 3 ? std::optional(1.0) : text::parse_decimal(words[2]);
    if (!factor || *factor <= 0) value.fail("a factor above 0");
    condition.limit = *factor;
    return condition;
}

Condition condition_of(const Value& value, std::string_view text) {
    const std::vector<std::string> words = words_of(text);
    if (words.size() == 1) {
        const Input input = known_input(value, words[0]);
        if (kind_of(input).unit != InputUnit::Flag) value.fail("a comparison of " + words[0]);
        return {input, Condition::Op::AtLeast, 1, {}};
    }
    if (words.size() >= 3 && words[1] == "is") return grade_condition(value, words);
    if (words.size() == 3 || (words.size() == 5 && words[3] == "*")) {
        return comparison(value, words);
    }
    value.fail("conditions such as cores_share < 40%, threads > 1.5 * cores, or running");
}

void take_when(Rule& rule, const Value& value) {
    rule.when.clear();
    for (const std::string& one : value.list()) rule.when.push_back(condition_of(value, one));
}

constexpr double kMostHours = 1e9;

constexpr Key<Rule> kLimits[] = {
    {"enabled", kOptional, [](Rule& r, const Value& v) { r.enabled = v.flag(); }},
    {"when", kOptional, &take_when},
    {"least_run_s", kOptional, [](Rule& r, const Value& v) { r.least_run = v.seconds(); }},
    {"least_lost_hours", kOptional,
     [](Rule& r, const Value& v) { r.least_lost = v.number(0, kMostHours); }},
};

constexpr Key<Rule> kRest[] = {
    {"severity", kOptional,
     [](Rule& r, const Value& v) {
         r.severity = v.one_of<Rule::Severity>({{"error", Rule::Severity::Error},
                                                {"warning", Rule::Severity::Warning},
                                                {"information", Rule::Severity::Information}});
     }},
    {"loses", kOptional,
     [](Rule& r, const Value& v) {
         r.loses = v.one_of<Loss>({{"nothing", Loss::None},
                                   {"idle_cores", Loss::IdleCores},
                                   {"idle_gpus", Loss::IdleGpus},
                                   {"unused_gpus", Loss::UnusedGpus},
                                   {"unused_memory", Loss::UnusedMemory},
                                   {"whole_run", Loss::WholeRun}});
     }},
    {"advice", kOptional,
     [](Rule& r, const Value& v) {
         r.advice = v.one_of<Advice>({{"none", Advice::None},
                                      {"cores", Advice::Cores},
                                      {"nodes", Advice::Nodes},
                                      {"memory", Advice::Memory},
                                      {"more_memory", Advice::MoreMemory},
                                      {"time", Advice::Time},
                                      {"more_time", Advice::MoreTime},
                                      {"gpus", Advice::Gpus}});
     }},
    {"title", kOptional, nullptr, [](Rule& r) -> LocalText& { return r.title; }},
    {"text", kOptional, nullptr, [](Rule& r) -> LocalText& { return r.text; }},
    {"verdict", kOptional, [](Rule& r, const Value& v) { r.verdict = v.any(); }},
    {"graph", kOptional,
     [](Rule& r, const Value& v) {
         r.graph = v.any();
         if (!r.graph.empty() && !jobstats::is_graph_anchor(r.graph)) {
             v.fail("graph-SLUG of a graph of the job page, or a section of them, such as memory");
         }
     }},
    {"script_line", kOptional, [](Rule& r, const Value& v) { r.line = known_input(v, v.text()); }},
    {"silences", kOptional, [](Rule& r, const Value& v) { r.silences = v.any_list(); }},
};

std::vector<Key<Rule>> all_keys() {
    std::vector<Key<Rule>> keys(std::begin(kLimits), std::end(kLimits));
    keys.insert(keys.end(), std::begin(kRest), std::end(kRest));
    return keys;
}

/// Every {name} of a text is an input, and every brace belongs to one.
bool names_inputs(std::string_view text) {
    while (true) {
        const auto from = text.find_first_of("{}");
        if (from == std::string_view::npos) return true;
        const auto to = text.find('}', from);
        if (text[from] == '}' || to == std::string_view::npos) return false;
        if (!input_of(text.substr(from + 1, to - from - 1))) return false;
        text.remove_prefix(to + 1);
    }
}

void check_texts(const ini::File& file, const ini::Section& section, const Rule& rule) {
    const auto whole = [](const LocalText& text) { return text.count() == kLanguages.size(); };
    if (!whole(rule.title)) miss_key(file, section, joined(keys_of_text("title")));
    if (!whole(rule.text)) miss_key(file, section, joined(keys_of_text("text")));
    for (const ini::Entry& entry : section.entries) {
        const bool text = entry.key.starts_with("title_") || entry.key.starts_with("text_");
        if (text && !names_inputs(entry.value)) {
            Value(file, entry).fail("inputs between braces: " + input_names());
        }
    }
}

Rule* find_rule(Rules& rules, std::string_view name, std::string_view partition) {
    const auto found = std::find_if(rules.begin(), rules.end(), [&](const Rule& rule) {
        return rule.name == name && rule.partition == partition;
    });
    return found == rules.end() ? nullptr : &*found;
}

void read_variant(const ini::File& file, const ini::Section& section, std::size_t at,
                  Rules& rules) {
    const std::string name = section.name.substr(0, at);
    const Rule* base = find_rule(rules, name, "");
    if (base == nullptr) refuse_section(file, section, "the name of a rule above it before @");
    Rule variant = *base;
    variant.partition = section.name.substr(at + 1);
    variant.at_line = section.line;
    config::read_section<Rule>(file, section, kLimits, variant);
    rules.push_back(std::move(variant));
}

void read_into(const ini::File& file, const ini::Section& section, Rules& rules) {
    const auto at = section.name.find('@');
    if (at != std::string::npos) return read_variant(file, section, at, rules);
    Rule* const known = find_rule(rules, section.name, "");
    Rule rule;
    if (known != nullptr) rule = *known;
    rule.name = section.name;
    rule.at_line = section.line;
    const std::vector<Key<Rule>> keys = all_keys();
    config::read_section<Rule>(file, section, keys, rule);
    if (rule.when.empty()) miss_key(file, section, "when");
    check_texts(file, section, rule);
    if (known != nullptr) {
        *known = std::move(rule);
    } else {
        rules.push_back(std::move(rule));
    }
}

/// All that a rule silences, itself or by those that it silences.
void add_silenced(const Rules& rules, const Rule& from, std::set<std::string>& silenced) {
    for (const std::string& name : from.silences) {
        if (!silenced.insert(name).second) continue;
        for (const Rule& next : rules) {
            if (next.name == name) add_silenced(rules, next, silenced);
        }
    }
}

}  // namespace

std::string_view shipped_rules_text() {
    return kShippedRules;
}

Rules shipped_rules() {
    const ini::File file = ini::parse(kShippedRules, std::string(kShippedPath));
    Rules rules;
    for (const ini::Section& section : file.sections) read_into(file, section, rules);
    check_rules(file, rules);
    for (Rule& rule : rules) rule.at_line = 0;
    return rules;
}

void read_rule(const ini::File& file, const ini::Section& section, Site& site) {
    read_into(file, section, site.rules);
}

void check_rules(const ini::File& file, const Rules& rules) {
    for (const Rule& rule : rules) {
        const auto refuse = [&](std::string_view expected) {
            throw ConfigError(ini::message(file.path, rule.at_line, "silences", expected));
        };
        for (const std::string& name : rule.silences) {
            const bool known = std::any_of(rules.begin(), rules.end(),
                                           [&](const Rule& one) { return one.name == name; });
            if (!known) refuse("names of rules, which " + name + " is not");
        }
        if (rule.at_line == 0 && file.path != kShippedPath) continue;
        std::set<std::string> silenced;
        add_silenced(rules, rule, silenced);
        if (silenced.contains(rule.name)) {
            refuse("no circle of rules that silence each other: " + rule.name + " is in one");
        }
    }
}

}  // namespace portal
