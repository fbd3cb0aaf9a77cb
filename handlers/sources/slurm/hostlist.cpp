#include "handlers/sources/slurm/hostlist.h"

#include <cstdint>
#include <utility>

#include "fcgi/base/text.h"

namespace portal::slurm {
namespace {

constexpr std::size_t kLongestName = 255;
constexpr std::uint64_t kHighestNumber = 999'999'999'999'999'999U;

/// Numbers from first to last, written with at least `width` digits.
struct Range {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    std::size_t width = 0;
};

std::optional<std::uint64_t> parse_number(std::string_view text) {
    return portal::text::parse_unsigned(text, kHighestNumber);
}

/// `7`, `08-11`.
std::optional<Range> parse_range(std::string_view text) {
    const auto dash = text.find('-');
    const std::string_view low = text.substr(0, dash);
    const auto first = parse_number(low);
    const auto last = dash == std::string_view::npos ? first : parse_number(text.substr(dash + 1));
    if (!first || !last || *last < *first) return std::nullopt;
    return Range{*first, *last, low.size()};
}

/// What is between brackets; the count of all numbers is at most `most`.
std::optional<std::vector<Range>> parse_ranges(std::string_view text, std::size_t most) {
    std::vector<Range> ranges;
    std::uint64_t count = 0;
    for (bool more = true; more;) {
        const auto comma = text.find(',');
        const auto range = parse_range(text.substr(0, comma));
        if (!range) return std::nullopt;
        count += range->last - range->first + 1;
        if (count > most) return std::nullopt;
        ranges.push_back(*range);
        more = comma != std::string_view::npos;
        if (more) text.remove_prefix(comma + 1);
    }
    return ranges;
}

std::string padded(std::uint64_t number, std::size_t width) {
    const std::string digits = std::to_string(number);
    return digits.size() >= width ? digits : std::string(width - digits.size(), '0') + digits;
}

std::vector<std::string> numbers_of(const std::vector<Range>& ranges) {
    std::vector<std::string> out;
    for (const Range& range : ranges) {
        for (std::uint64_t number = range.first; number <= range.last; ++number) {
            out.push_back(padded(number, range.width));
        }
    }
    return out;
}

bool is_name_text(std::string_view text) {
    for (const char c : text) {
        if (c <= ' ' || c > '~' || c == ']') return false;
    }
    return true;
}

/// Every name of `names` followed by every one of `endings`. False if that is too many or too
/// long.
bool append_each(std::vector<std::string>& names, const std::vector<std::string>& endings,
                 std::size_t most) {
    if (endings.size() > most / names.size()) return false;
    std::vector<std::string> out;
    out.reserve(names.size() * endings.size());
    for (const std::string& name : names) {
        for (const std::string& ending : endings) {
            if (name.size() + ending.size() > kLongestName) return false;
            out.push_back(name + ending);
        }
    }
    names = std::move(out);
    return true;
}

/// Names of one group, such as `r[0-1]n[08-11]-ib`.
std::optional<std::vector<std::string>> expand_group(std::string_view group, std::size_t most) {
    if (group.empty() || most == 0) return std::nullopt;
    std::vector<std::string> names{""};
    while (!group.empty()) {
        const auto open = group.find('[');
        const std::string_view plain = group.substr(0, open);
        if (!is_name_text(plain) || !append_each(names, {std::string(plain)}, most)) {
            return std::nullopt;
        }
        if (open == std::string_view::npos) break;
        const auto close = group.find(']', open);
        if (close == std::string_view::npos) return std::nullopt;
        const auto ranges = parse_ranges(group.substr(open + 1, close - open - 1), most);
        if (!ranges || !append_each(names, numbers_of(*ranges), most)) return std::nullopt;
        group.remove_prefix(close + 1);
    }
    return names;
}

/// Length of the first group: up to a comma outside brackets.
std::size_t group_length(std::string_view text) {
    bool inside = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '[') inside = true;
        if (text[i] == ']') inside = false;
        if (text[i] == ',' && !inside) return i;
    }
    return text.size();
}

}  // namespace

std::optional<std::vector<std::string>> expand_hostlist(std::string_view text, std::size_t most) {
    std::vector<std::string> hosts;
    if (text.empty() || text == "None assigned" || text == "(null)") return hosts;
    while (true) {
        const std::size_t length = group_length(text);
        auto group = expand_group(text.substr(0, length), most - hosts.size());
        if (!group) return std::nullopt;
        for (std::string& name : *group) hosts.push_back(std::move(name));
        if (length == text.size()) return hosts;
        text.remove_prefix(length + 1);
    }
}

}  // namespace portal::slurm
