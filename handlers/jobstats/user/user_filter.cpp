#include "handlers/jobstats/user/user_filter.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "fcgi/base/text.h"
#include "fcgi/base/url.h"
#include "fcgi/http/http_error.h"

namespace portal::jobstats {
namespace {

using views::sentence;

constexpr std::size_t kLongestText = 255;

struct StateChoice {
    std::string_view word;
    std::vector<JobState> states;
};

const std::vector<StateChoice>& state_choices() {
    static const std::vector<StateChoice> kChoices = {
        {"pending", {JobState::Pending}},
        {"running", {JobState::Running}},
        {"suspended", {JobState::Suspended}},
        {"completed", {JobState::Completed}},
        {"failed", {JobState::Failed, JobState::BootFail}},
        {"timeout", {JobState::Timeout, JobState::Deadline}},
        {"out_of_memory", {JobState::OutOfMemory}},
        {"cancelled", {JobState::Cancelled}},
        {"node_fail", {JobState::NodeFail}},
        {"preempted", {JobState::Preempted}},
        {"requeued", {JobState::Requeued}},
    };
    return kChoices;
}

std::string text_parameter(const Request& request, std::string_view name) {
    const std::string value = request.parameter(name).value_or("");
    const std::string_view trimmed = text::trim(value);
    if (trimmed.size() > kLongestText) {
        throw HttpError(400, sentence("A filter is too long.").id);
    }
    return std::string(trimmed);
}

std::vector<JobState> states_of(const std::string& word) {
    if (word.empty()) return {};
    const auto& choices = state_choices();
    const auto found = std::find_if(choices.begin(), choices.end(),
                                    [&](const StateChoice& choice) { return choice.word == word; });
    if (found == choices.end()) throw HttpError(400, sentence("There is no such state.").id);
    return found->states;
}

std::optional<Instant> day_of(const std::string& text) {
    if (text.empty()) return std::nullopt;
    const auto day = parse_day(text);
    if (!day) throw HttpError(400, sentence("A date is written as year-month-day.").id);
    return day;
}

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

/// A point separates two cursors.
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

std::string cursor_text(char list, const slurm::JobCursor& cursor) {
    return list + std::to_string(cursor.started) + "-" + std::to_string(cursor.ended) + "-" +
           std::to_string(cursor.db_index);
}

void read_cursor(const Request& request, UserQuery& query) {
    const auto text = request.parameter("after");
    if (!text) return;
    const auto position = parse_position(*text);
    if (!position) throw HttpError(400, sentence("This page of the list does not exist.").id);
    query.after = *position;
    query.first_page = false;
    query.shows_waiting = !position->started && !position->never_started;
}

}  // namespace

UserQuery parse_user_query(const Request& request) {
    UserQuery query;
    views::UserFilter& form = query.form;
    form.state = text_parameter(request, "state");
    form.account = text_parameter(request, "account");
    form.partition = text_parameter(request, "partition");
    form.name = text_parameter(request, "name");
    form.from = text_parameter(request, "from");
    form.to = text_parameter(request, "to");
    query.filter.states = states_of(form.state);
    query.filter.account = form.account;
    query.filter.partition = form.partition;
    query.filter.name = form.name;
    query.filter.from = day_of(form.from);
    query.filter.to = day_of(form.to);
    if (query.filter.to) *query.filter.to += std::chrono::days{1};
    if (query.filter.from && query.filter.to && *query.filter.from >= *query.filter.to) {
        throw HttpError(400, sentence("The start date is after the end date.").id);
    }
    form.active = !filter_query(query).empty();
    read_cursor(request, query);
    return query;
}

std::string filter_query(const UserQuery& query) {
    const views::UserFilter& form = query.form;
    const std::array<std::pair<std::string_view, const std::string*>, 6> all = {
        {{"state", &form.state},
         {"account", &form.account},
         {"partition", &form.partition},
         {"name", &form.name},
         {"from", &form.from},
         {"to", &form.to}}};
    std::string text;
    for (const auto& [name, value] : all) {
        if (value->empty()) continue;
        text += text.empty() ? '?' : '&';
        text += name;
        text += '=';
        text += url::encode(*value);
    }
    return text;
}

std::string next_query(const UserQuery& query, const ListPosition& after) {
    std::string position;
    const auto add = [&](char list, const std::optional<slurm::JobCursor>& cursor) {
        if (!cursor) return;
        if (!position.empty()) position += '.';
        position += cursor_text(list, *cursor);
    };
    add('s', after.started);
    add('n', after.never_started);
    add('w', after.waiting);
    const std::string filters = filter_query(query);
    return filters + (filters.empty() ? "?" : "&") + "after=" + position;
}

std::optional<Instant> parse_day(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto year = text::parse_unsigned(text.substr(0, 4), 2100);
    const auto month = text::parse_unsigned(text.substr(5, 2), 12);
    const auto day = text::parse_unsigned(text.substr(8, 2), 31);
    if (!year || !month || !day || *year < 1970) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(*year)},
                                           std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days{date};
}

}  // namespace portal::jobstats
