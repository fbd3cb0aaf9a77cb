#include "handlers/jobstats/user/list_cursor.h"

#include <algorithm>
#include <limits>
#include <vector>

#include "fcgi/base/text.h"

namespace portal::jobstats {
namespace {

/// The three columns of a list's order: 1700000000-1700003600-4711.
std::optional<slurm::JobCursor> parse_cursor(std::string_view text) {
    const auto numbers = text::split_list(text, '-');
    const bool dashes = std::count(text.begin(), text.end(), '-') == 2;
    if (numbers.size() != 3 || !dashes) return std::nullopt;
    constexpr std::uint64_t kMost = std::numeric_limits<std::int64_t>::max();
    const auto started = text::parse_unsigned(numbers[0], kMost);
    const auto ended = text::parse_unsigned(numbers[1], kMost);
    const auto index = text::parse_unsigned(numbers[2], kMost);
    if (!started || !ended || !index) return std::nullopt;
    return slurm::JobCursor{static_cast<std::int64_t>(*started), static_cast<std::int64_t>(*ended),
                            *index};
}

/// The letter before a cursor that names its list.
std::optional<slurm::JobCursor>* list_named(char letter, ListPosition& position) {
    switch (letter) {
        case 's':
            return &position.started;
        case 'n':
            return &position.never_started;
        case 'w':
            return &position.waiting;
        default:
            return nullptr;
    }
}

std::string cursor_text(char list, const slurm::JobCursor& cursor) {
    return list + std::to_string(cursor.started) + "-" + std::to_string(cursor.ended) + "-" +
           std::to_string(cursor.db_index);
}

}  // namespace

std::string position_text(const ListPosition& position) {
    std::string text;
    const auto add = [&](char list, const std::optional<slurm::JobCursor>& cursor) {
        if (!cursor) return;
        if (!text.empty()) text += '.';
        text += cursor_text(list, *cursor);
    };
    add('s', position.started);
    add('n', position.never_started);
    add('w', position.waiting);
    return text;
}

std::optional<ListPosition> parse_position(std::string_view text) {
    ListPosition position;
    const std::vector<std::string> parts = text::split_list(text, '.');
    for (const std::string& part : parts) {
        const auto cursor = parse_cursor(std::string_view(part).substr(1));
        auto* list = list_named(part[0], position);
        if (!cursor || list == nullptr || list->has_value()) return std::nullopt;
        *list = cursor;
    }
    if (parts.empty()) return std::nullopt;
    return position;
}

}  // namespace portal::jobstats
