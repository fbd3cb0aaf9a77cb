#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fcgi/base/language.h"
#include "fcgi/base/units.h"
#include "fcgi/config/ini.h"
#include "handlers/jobstats/inputs.h"

namespace portal {

struct Site;

/// One comparison: input OP factor * other, or input OP limit.
struct Condition {
    enum class Op { Less, AtMost, Greater, AtLeast, Is };
    Input input = Input::Completed;
    Op op = Op::AtLeast;
    double limit = 0;  ///< in the unit of the input; or the factor of `other`
    std::optional<Input> other{};
    bool operator==(const Condition&) const = default;
};

/// What a job lost by what a rule tells, in hours of one thing.
/// IdleGpus counts the time in which GPUs did not compute, UnusedGpus those that never did.
enum class Loss { None, IdleCores, IdleGpus, UnusedGpus, UnusedMemory, WholeRun };

/// What the box "Next time" changes.
enum class Advice { None, Cores, Nodes, Memory, MoreMemory, Time, MoreTime, Gpus };

/// One rule about jobs, a row of data: when it holds, what it says, and what it makes needless.
/// [rule NAME] in the configuration, beside those that are shipped (rpm/rules.ini).
struct Rule {
    enum class Severity { Error, Warning, Information };

    std::string name;
    std::string partition;  ///< a variant for jobs of that partition; empty: for all others
    bool enabled = true;
    Severity severity = Severity::Warning;
    std::vector<Condition> when;  ///< all of them hold
    Seconds least_run{0};
    double least_lost = 0;  ///< hours of what it loses
    Loss loses = Loss::None;
    Advice advice = Advice::None;
    LocalText title;
    LocalText text;
    std::string verdict;  ///< key of the verdict table whose own text replaces `text`; may be empty
    std::string graph;    ///< id of the graph or section it speaks of; may be empty
    Input line = Input::Count;  ///< the input that is a line of the script; Count: none
    std::vector<std::string> silences;
    int at_line = 0;  ///< of the file, for messages
    bool operator==(const Rule&) const = default;
};

using Rules = std::vector<Rule>;

/// The rules that are shipped. Throws ConfigError, which a test excludes.
[[nodiscard]] Rules shipped_rules();
/// The text of rpm/rules.ini.
[[nodiscard]] std::string_view shipped_rules_text();

/// Reads one [rule NAME] or [rule NAME@PARTITION]: changes the rule of that name, or adds one.
/// Throws ConfigError.
void read_rule(const ini::File& file, const ini::Section& section, Site& site);
/// What only all rules together can show: names in `silences` that are none, and circles of them.
/// Throws ConfigError naming the line of a section.
void check_rules(const ini::File& file, const Rules& rules);

}  // namespace portal
