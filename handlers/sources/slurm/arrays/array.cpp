#include "handlers/sources/slurm/arrays/array.h"

#include <algorithm>
#include <limits>

#include "fcgi/base/ascii.h"
#include "fcgi/base/text.h"

namespace portal::slurm {
namespace {

constexpr unsigned kBitsOfADigit = 4;

bool bit_is_set(std::string_view digits, std::uint32_t task) {
    const std::size_t place = task / kBitsOfADigit;
    if (place >= digits.size()) return false;
    const int value = ascii::hex_value(digits[digits.size() - 1 - place]);
    return value >= 0 && ((static_cast<unsigned>(value) >> (task % kBitsOfADigit)) & 1U) != 0;
}

std::vector<std::uint32_t> in_bitmap(std::string_view digits, std::size_t most) {
    std::vector<std::uint32_t> tasks;
    for (std::size_t bit = 0; bit < kBitsOfADigit * digits.size() && tasks.size() < most; ++bit) {
        const auto task = static_cast<std::uint32_t>(bit);
        if (bit_is_set(digits, task)) tasks.push_back(task);
    }
    return tasks;
}

std::optional<std::uint64_t> number_in(std::string_view text) {
    return text::parse_unsigned(text, std::numeric_limits<std::uint32_t>::max());
}

/// One of `7`, `7-90` and `7-90:2`; empty if it is none of them.
struct Range {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    std::uint64_t step = 1;
};

std::optional<Range> read_range(std::string_view text) {
    const auto dash = text.find('-');
    const auto first = number_in(text.substr(0, dash));
    if (!first) return std::nullopt;
    if (dash == std::string_view::npos) return Range{*first, *first, 1};
    const std::string_view rest = text.substr(dash + 1);
    const auto colon = rest.find(':');
    const auto last = number_in(rest.substr(0, colon));
    const auto step = colon == std::string_view::npos ? 1 : number_in(rest.substr(colon + 1));
    if (!last || !step || *step == 0) return std::nullopt;
    return Range{*first, *last, *step};
}

bool is_bitmap(std::string_view rest) {
    return rest.starts_with("0x") || rest.starts_with("0X");
}

}  // namespace

bool submitted_once(const std::vector<ArrayCount>& counts) {
    return std::all_of(counts.begin(), counts.end(), [&](const ArrayCount& count) {
        return count.first_submitted == counts.front().first_submitted &&
               count.last_submitted == count.first_submitted;
    });
}

bool holds_task(std::string_view rest, std::uint32_t task) {
    rest = rest.substr(0, rest.find('%'));
    if (is_bitmap(rest)) return bit_is_set(rest.substr(2), task);
    const auto ranges = text::split_list(rest, ',');
    return std::any_of(ranges.begin(), ranges.end(), [&](const std::string& text) {
        const auto range = read_range(text);
        return range && task >= range->first && task <= range->last &&
               (task - range->first) % range->step == 0;
    });
}

std::vector<std::uint32_t> tasks_in(std::string_view rest, std::size_t most) {
    rest = rest.substr(0, rest.find('%'));
    if (is_bitmap(rest)) return in_bitmap(rest.substr(2), most);
    std::vector<std::uint32_t> tasks;
    for (const std::string& text : text::split_list(rest, ',')) {
        const Range range = read_range(text).value_or(Range{1, 0, 1});
        for (auto at = range.first; at <= range.last && tasks.size() < most; at += range.step) {
            tasks.push_back(static_cast<std::uint32_t>(at));
        }
    }
    std::sort(tasks.begin(), tasks.end());
    tasks.erase(std::unique(tasks.begin(), tasks.end()), tasks.end());
    return tasks;
}

std::string index_list(const std::vector<std::uint32_t>& tasks) {
    std::string list;
    for (std::size_t first = 0; first < tasks.size();) {
        std::size_t last = first;
        while (last + 1 < tasks.size() && tasks[last + 1] == tasks[last] + 1) ++last;
        if (!list.empty()) list += ',';
        list += std::to_string(tasks[first]);
        if (last > first) list += (last == first + 1 ? ',' : '-') + std::to_string(tasks[last]);
        first = last + 1;
    }
    return list;
}

}  // namespace portal::slurm
