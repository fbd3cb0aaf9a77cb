#include "handlers/jobstats/advice/options.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

#include "fcgi/base/text.h"

namespace portal::jobstats {
namespace {

constexpr std::size_t kMostWords = 1000;

struct Name {
    std::string_view text;
    std::optional<Option> Options::*place;
};
constexpr std::array kNames = {
    Name{"--nodes", &Options::nodes},
    Name{"-N", &Options::nodes},
    Name{"--ntasks", &Options::tasks},
    Name{"-n", &Options::tasks},
    Name{"--ntasks-per-node", &Options::tasks_per_node},
    Name{"--tasks-per-node", &Options::tasks_per_node},
    Name{"--cpus-per-task", &Options::cpus_per_task},
    Name{"-c", &Options::cpus_per_task},
    Name{"--mem", &Options::memory},
    Name{"--mem-per-cpu", &Options::memory_per_cpu},
    Name{"--mem-per-gpu", &Options::memory_per_gpu},
    Name{"--time", &Options::time},
    Name{"-t", &Options::time},
    Name{"--gpus", &Options::gpus},
    Name{"-G", &Options::gpus},
    Name{"--gpus-per-node", &Options::gpus_per_node},
    Name{"--gpus-per-task", &Options::gpus_per_task},
    Name{"--ntasks-per-gpu", &Options::tasks_per_gpu},
    Name{"--gres", &Options::gres},
    Name{"--output", &Options::output},
    Name{"-o", &Options::output},
};

/// Long options without a value: the word after one is not its value.
constexpr std::array<std::string_view, 18> kFlags = {
    "--contiguous", "--exclusive",  "--hold",        "--ignore-pbs",    "--no-requeue",
    "--nice",       "--overcommit", "--parsable",    "--oversubscribe", "--quiet",
    "--reboot",     "--requeue",    "--spread-job",  "--test-only",     "--use-min-nodes",
    "--verbose",    "--wait",       "--get-user-env"};

/// Words as a shell would see them: quotes hold blanks together. No other syntax matters here.
std::vector<std::string> words_of(std::string_view line) {
    std::vector<std::string> words;
    std::string word;
    char quote = 0;
    bool any = false;
    for (const char letter : line) {
        if (words.size() > kMostWords) break;
        if (quote != 0 ? letter == quote : letter == '\'' || letter == '"') {
            quote = quote != 0 ? char{0} : letter;
            any = true;
        } else if (quote == 0 && (letter == ' ' || letter == '\t')) {
            if (any) words.push_back(std::move(word));
            word.clear();
            any = false;
        } else {
            word += letter;
            any = true;
        }
    }
    if (any) words.push_back(std::move(word));
    return words;
}

const Name* name_of(std::string_view spelled) {
    const auto found = std::find_if(kNames.begin(), kNames.end(),
                                    [&](const Name& name) { return name.text == spelled; });
    return found == kNames.end() ? nullptr : &*found;
}

/// One option with its value, and whether the next word was the value.
struct Split {
    std::string spelled;
    std::string value;
    bool took_next = false;
};

Split split_option(const std::string& word, const std::string* next) {
    const bool is_long = word.starts_with("--");
    const auto equal = word.find('=');
    if (is_long && equal != std::string::npos) {
        return {word.substr(0, equal), word.substr(equal + 1), false};
    }
    if (!is_long && word.size() > 2) return {word.substr(0, 2), word.substr(2), false};
    const bool flag = std::find(kFlags.begin(), kFlags.end(), word) != kFlags.end();
    if (flag || next == nullptr || next->starts_with('-')) return {word, "", false};
    return {word, *next, true};
}

/// Reads options up to the first word that is none.
void read_options(const std::vector<std::string>& words, std::size_t from, Option::Place place,
                  Options& options) {
    for (std::size_t i = from; i < words.size(); ++i) {
        const std::string& word = words[i];
        if (word.size() < 2 || word[0] != '-' || word == "--") return;
        Split split = split_option(word, i + 1 < words.size() ? &words[i + 1] : nullptr);
        if (split.took_next) ++i;
        if (split.spelled == "--exclusive" && split.value.empty()) options.exclusive = true;
        const Name* const name = name_of(split.spelled);
        if (name == nullptr || split.value.empty()) continue;
        options.*name->place = Option{std::move(split.spelled), std::move(split.value), place};
    }
}

/// The words of a #SBATCH line up to a comment.
std::vector<std::string> directive_of(std::string_view line) {
    return words_of(line.substr(0, line.find(" #")));
}

bool begins_component(const std::vector<std::string>& words) {
    return !words.empty() && (words[0] == "hetjob" || words[0] == "packjob");
}

/// sbatch stops at the first line that is neither a comment nor empty.
void read_script(std::span<const std::string> script, std::uint32_t component, Options& options) {
    constexpr std::string_view kMark = "#SBATCH";
    std::uint32_t read = 0;
    for (const std::string& line : script) {
        const std::string_view trimmed = text::trim(line);
        if (trimmed.empty()) continue;
        if (trimmed.front() != '#') return;
        if (!trimmed.starts_with(kMark)) continue;
        const auto words = directive_of(trimmed.substr(kMark.size()));
        if (begins_component(words)) {
            ++read;
        } else if (read == component) {
            read_options(words, 0, Option::Place::Script, options);
        }
    }
}

/// The words behind so many `:`.
std::size_t beginning_of(const std::vector<std::string>& words, std::uint32_t component) {
    std::size_t at = 1;
    for (; component > 0 && at < words.size(); ++at) {
        if (words[at] == ":") --component;
    }
    return component == 0 ? at : words.size();
}

/// The patterns of sbatch that a page can fill in; others stay as they are.
std::string pattern_value(char letter, const slurm::Job& job, std::string_view owner) {
    switch (letter) {
        case 'j':
            return std::to_string(job.id.value);
        case 'A':
            return std::to_string(job.array.value_or(job.id).value);
        case 'a':
            return job.array_task ? std::to_string(*job.array_task) : "%a";
        case 'x':
            return job.name;
        case 'u':
            return std::string(owner);
        case '%':
            return "%";
        default:
            return {'%', letter};
    }
}

std::string expanded(std::string_view path, const slurm::Job& job, std::string_view owner) {
    std::string result;
    for (std::size_t i = 0; i < path.size(); ++i) {
        const bool pattern = path[i] == '%' && i + 1 < path.size();
        if (pattern) result += pattern_value(path[++i], job, owner);
        if (!pattern) result += path[i];
    }
    return result;
}

}  // namespace

std::string Option::with(std::string_view other) const {
    const bool is_long = spelled.starts_with("--");
    return (place == Place::Script ? "#SBATCH " : "") + spelled + (is_long ? "=" : " ") +
           std::string(other);
}

std::string output_path(const Options& options, const slurm::Job& job, std::string_view owner) {
    if (job.work_dir.empty()) return {};
    const bool task = job.array && job.array_task;
    const std::string usual = task ? "slurm-%A_%a.out" : "slurm-%j.out";
    const std::string written =
        expanded(options.output ? options.output->value : usual, job, owner);
    return written.starts_with('/') ? written : job.work_dir + "/" + written;
}

Options options_of(std::span<const std::string> script, std::string_view submit_line,
                   std::uint32_t component) {
    Options options;
    options.known = !script.empty() || !submit_line.empty();
    read_script(script, component, options);
    const auto words = words_of(submit_line);
    read_options(words, beginning_of(words, component), Option::Place::CommandLine, options);
    return options;
}

}  // namespace portal::jobstats
