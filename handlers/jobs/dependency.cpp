#include "handlers/jobs/dependency.h"

#include <algorithm>
#include <array>
#include <limits>
#include <string>

#include "fcgi/base/text.h"

namespace portal {
namespace {

using Until = Dependency::Until;

constexpr std::size_t kMost = 50;
constexpr std::string_view kLong = "--dependency";
constexpr std::string_view kShort = "-d";

struct Kind {
    std::string_view word;
    Until until;
};

constexpr std::array kKinds = {
    Kind{"after", Until::Started},     Kind{"afterany", Until::Over},
    Kind{"afterok", Until::Completed}, Kind{"aftercorr", Until::Completed},
    Kind{"afternotok", Until::Failed}, Kind{"afterburstbuffer", Until::Over},
};

std::optional<std::uint32_t> number_in(std::string_view text) {
    const auto number = text::parse_unsigned(text, std::numeric_limits<std::uint32_t>::max() - 2);
    if (!number) return std::nullopt;
    return static_cast<std::uint32_t>(*number);
}

/// 4711, 4711_3 or 4711+5 (minutes later).
std::optional<Dependency> read_job(std::string_view text, Until until) {
    text = text.substr(0, text.find('+'));
    const auto mark = text.find('_');
    const auto id = number_in(text.substr(0, mark));
    if (!id || *id == 0) return std::nullopt;
    Dependency dependency{until, JobId{*id}, {}};
    if (mark == std::string_view::npos) return dependency;
    dependency.task = number_in(text.substr(mark + 1));
    return dependency.task ? std::optional(dependency) : std::nullopt;
}

/// Adds the jobs of `afterok:4711:4712`, or of numbers alone.
void add_condition(std::vector<Dependency>& all, std::string_view text) {
    const std::string word(text.substr(0, text.find(':')));
    const auto kind = std::find_if(kKinds.begin(), kKinds.end(),
                                   [&](const Kind& one) { return one.word == word; });
    if (kind != kKinds.end()) text.remove_prefix(std::min(word.size() + 1, text.size()));
    const Until until = kind == kKinds.end() ? Until::Over : kind->until;
    for (const std::string& job : text::split_list(text, ':')) {
        const auto dependency = read_job(job, until);
        if (dependency && all.size() < kMost) all.push_back(*dependency);
    }
}

/// Conditions are joined by commas (all) or question marks (any).
void add_conditions(std::vector<Dependency>& all, std::string_view text) {
    for (const std::string& some : text::split_list(text, ',')) {
        for (const std::string& one : text::split_list(some, '?')) add_condition(all, one);
    }
}

/// The option, or a beginning of it that is no other option's.
bool is_long(std::string_view option) {
    constexpr std::size_t kShortest = 5;  // --dep: --deadline and --delay-boot begin alike
    return option.size() >= kShortest && kLong.starts_with(option);
}

}  // namespace

std::vector<Dependency> dependencies_in(std::string_view submit_line) {
    std::vector<Dependency> all;
    bool next = false;
    for (const std::string& word : text::split_list(submit_line, ' ')) {
        const std::string_view text = word;
        const auto mark = text.find('=');
        if (next) {
            add_conditions(all, text);
            next = false;
        } else if (is_long(text.substr(0, mark)) || text == kShort) {
            next = mark == std::string_view::npos;
            if (!next) add_conditions(all, text.substr(mark + 1));
        } else if (text.starts_with(kShort) && text.size() > kShort.size()) {
            add_conditions(all, text.substr(kShort.size()));
        }
    }
    return all;
}

bool is_met(const Dependency& dependency, JobState state, bool started) {
    switch (dependency.until) {
        case Until::Started:
            return started || is_over(state);
        case Until::Over:
            return is_over(state);
        case Until::Completed:
            return state == JobState::Completed;
        case Until::Failed:
            break;
    }
    return is_over(state) && state != JobState::Completed;
}

}  // namespace portal
