#include "handlers/jobstats/advice/script_scan.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "fcgi/base/text.h"

namespace portal::jobstats {
namespace {

constexpr std::size_t kLongestLine = 4096;
constexpr double kLongestSleep = 1e9;  // seconds

/// Words of one line up to a comment, without what joins commands.
std::vector<std::string> words_of(std::string_view line) {
    std::vector<std::string> words;
    std::string word;
    for (const char letter : line.substr(0, kLongestLine)) {
        if (letter == '#' && word.empty()) break;
        if (std::string_view(" \t;&|(){}").find(letter) == std::string_view::npos) {
            word += letter;
            continue;
        }
        if (!word.empty()) words.push_back(std::move(word));
        word.clear();
    }
    if (!word.empty()) words.push_back(std::move(word));
    return words;
}

std::string_view base_name(std::string_view word) {
    const auto slash = word.rfind('/');
    return slash == std::string_view::npos ? word : word.substr(slash + 1);
}

bool is_launcher(std::string_view word) {
    constexpr std::array<std::string_view, 8> kLaunchers = {
        "srun", "mpirun", "mpiexec", "mpiexec.hydra", "torchrun", "parallel", "pdsh", "charmrun"};
    const std::string_view name = base_name(word);
    return std::find(kLaunchers.begin(), kLaunchers.end(), name) != kLaunchers.end();
}

/// The time that `sleep` takes: 90, 1.5h, 2d; zero if it is no plain number.
Seconds sleep_of(std::string_view word) {
    constexpr std::pair<char, double> kUnits[] = {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400}};
    double factor = 1;
    for (const auto& [letter, seconds] : kUnits) {
        if (!word.ends_with(letter)) continue;
        factor = seconds;
        word.remove_suffix(1);
        break;
    }
    const auto number = text::parse_decimal(std::string(word));
    if (!number || *number < 0 || *number * factor > kLongestSleep) return Seconds{0};
    return Seconds{static_cast<std::int64_t>(*number * factor)};
}

void look_for_sleep(const std::vector<std::string>& words, std::size_t line, ScriptScan& scan) {
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        if (base_name(words[i]) != "sleep") continue;
        const Seconds time = sleep_of(words[i + 1]);
        if (time <= scan.sleep) continue;
        scan.sleep = time;
        scan.sleep_line = line;
    }
}

void look_for_conda(const std::vector<std::string>& words, std::size_t line, ScriptScan& scan) {
    if (scan.conda_line != 0) return;
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        const std::string_view name = base_name(words[i]);
        const bool tool = name == "conda" || name == "mamba" || name == "micromamba";
        const bool source = (name == "source" || name == ".") &&
                            words[i + 1].ends_with("/activate") &&
                            words[i + 1].find("conda") != std::string::npos;
        if ((tool && words[i + 1] == "activate") || source) scan.conda_line = line;
    }
}

void look_for_threads(const std::vector<std::string>& words, std::size_t line, ScriptScan& scan) {
    constexpr std::array<std::string_view, 3> kNames = {
        "OMP_NUM_THREADS=", "MKL_NUM_THREADS=", "OPENBLAS_NUM_THREADS="};
    for (const std::string& word : words) {
        for (const std::string_view name : kNames) {
            if (!word.starts_with(name)) continue;
            const auto number = text::parse_decimal(word.substr(name.size()));
            if (!number || *number <= scan.threads.value_or(0)) continue;
            scan.threads = number;
            scan.threads_line = line;
        }
    }
}

}  // namespace

ScriptScan scan_script(std::span<const std::string> lines) {
    ScriptScan scan;
    scan.known = !lines.empty();
    for (std::size_t at = 0; at < lines.size(); ++at) {
        const std::vector<std::string> words = words_of(lines[at]);
        scan.launches = scan.launches || std::any_of(words.begin(), words.end(), &is_launcher);
        look_for_sleep(words, at + 1, scan);
        look_for_conda(words, at + 1, scan);
        look_for_threads(words, at + 1, scan);
    }
    return scan;
}

}  // namespace portal::jobstats
