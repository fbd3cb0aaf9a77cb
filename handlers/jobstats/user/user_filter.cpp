#include "handlers/jobstats/user/user_filter.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "fcgi/base/text.h"
#include "fcgi/base/url.h"
#include "fcgi/http/http_error.h"
#include "handlers/jobstats/user/list_cursor.h"
#include "handlers/page/day.h"
#include "views/parts/jobs/state_choices.h"

namespace portal::jobstats {
namespace {

using database::Amount;
using database::Rank;
using slurm::Size;
using views::sentence;

constexpr std::size_t kLongestText = 255;
constexpr double kLargestSize = 1e9;
constexpr double kMostPercent = 100;
constexpr std::uint64_t kMostHours = 366 * 24;

[[noreturn]] void refuse(const views::Sentence& told) {
    throw HttpError(400, told.id);
}

const views::StateChoice& state_choice(const std::string& word) {
    for (const auto& choice : views::kStateChoices) {
        if (choice.value == word) return choice;
    }
    refuse(sentence("There is no such state."));
}

void read_state(const std::string& word, UserQuery& query, Instant /*now*/) {
    const auto& found = state_choice(word);
    query.filter.states.push_back(found.state);
    if (found.also != found.state) query.filter.states.push_back(found.also);
}

template <std::string slurm::JobFilter::*member>
void read_text(const std::string& text, UserQuery& query, Instant /*now*/) {
    query.filter.*member = text;
}

Instant day_of(const std::string& text) {
    const auto day = parse_day(text);
    if (!day) refuse(sentence("A date is written as year-month-day."));
    return *day;
}

void read_from(const std::string& text, UserQuery& query, Instant /*now*/) {
    query.filter.from = day_of(text);
}

void read_to(const std::string& text, UserQuery& query, Instant /*now*/) {
    query.filter.to = day_of(text) + std::chrono::days{1};
}

void read_last(const std::string& text, UserQuery& query, Instant now) {
    const auto hours = text::parse_unsigned(text, kMostHours);
    if (!hours || *hours == 0) refuse(sentence("The last hours are a number from 1 to 8784."));
    const Instant from = now - std::chrono::hours{*hours};
    query.filter.from = std::max(query.filter.from.value_or(from), from);
}

void read_verdict(const std::string& text, UserQuery& query, Instant /*now*/) {
    if (text != "wasteful") refuse(sentence("There is no such verdict."));
    query.wasteful = true;
    query.shows_waiting = false;
}

/// Units of the filter in one of the address: MiB in a GiB, seconds in an hour.
double units_of(Size size) {
    if (size == Size::Memory) return 1024;
    return size == Size::RunTime || size == Size::Wait ? 3600 : 1;
}

double amount_of(const std::string& text) {
    const auto amount = text::parse_decimal(text);
    if (!amount || *amount < 0 || *amount > kLargestSize) {
        refuse(sentence("A size is a number, such as 4 or 1.5."));
    }
    return *amount;
}

template <Size size>
void read_least(const std::string& text, UserQuery& query, Instant /*now*/) {
    query.filter.sizes[static_cast<std::size_t>(size)].least =
        static_cast<std::uint64_t>(std::ceil(amount_of(text) * units_of(size)));
}

template <Size size>
void read_most(const std::string& text, UserQuery& query, Instant /*now*/) {
    query.filter.sizes[static_cast<std::size_t>(size)].most =
        static_cast<std::uint64_t>(std::floor(amount_of(text) * units_of(size)));
}

double share_of_text(const std::string& text) {
    const auto percent = text::parse_decimal(text);
    if (!percent || *percent < 0 || *percent > kMostPercent) {
        refuse(sentence("A use is a percentage from 0 to 100."));
    }
    return *percent;
}

template <Amount amount>
void read_least_use(const std::string& text, UserQuery& query, Instant /*now*/) {
    query.uses[static_cast<std::size_t>(amount)].least = share_of_text(text);
}

template <Amount amount>
void read_most_use(const std::string& text, UserQuery& query, Instant /*now*/) {
    query.uses[static_cast<std::size_t>(amount)].most = share_of_text(text);
}

/// In the order of the chips.
constexpr std::array<std::pair<const char*, Rank>, views::kOrders> kRanks = {
    {{"waste", Rank::Waste},
     {"use", Rank::Use},
     {"energy", Rank::Energy},
     {"wait", Rank::Wait},
     {"cost", Rank::Cost}}};

void read_sort(const std::string& word, UserQuery& query, Instant /*now*/) {
    for (const auto& [name, rank] : kRanks) {
        if (name == word) query.rank = rank;
    }
    if (!query.rank) refuse(sentence("There is no such order."));
}

struct Parameter {
    std::string_view name;
    void (*read)(const std::string& value, UserQuery& query, Instant now);
};

/// Every filter, in the order of an address. What counts back from now comes after the dates.
constexpr auto kParameters = std::to_array<Parameter>({
    {"state", &read_state},
    {"account", &read_text<&slurm::JobFilter::account>},
    {"partition", &read_text<&slurm::JobFilter::partition>},
    {"qos", &read_text<&slurm::JobFilter::qos>},
    {"name", &read_text<&slurm::JobFilter::name>},
    {"node", &read_text<&slurm::JobFilter::node>},
    {"from", &read_from},
    {"to", &read_to},
    {"last", &read_last},
    {"verdict", &read_verdict},
    {"cores_min", &read_least<Size::Cores>},
    {"cores_max", &read_most<Size::Cores>},
    {"memory_min", &read_least<Size::Memory>},
    {"memory_max", &read_most<Size::Memory>},
    {"gpus_min", &read_least<Size::Gpus>},
    {"gpus_max", &read_most<Size::Gpus>},
    {"nodes_min", &read_least<Size::Nodes>},
    {"nodes_max", &read_most<Size::Nodes>},
    {"hours_min", &read_least<Size::RunTime>},
    {"hours_max", &read_most<Size::RunTime>},
    {"wait_min", &read_least<Size::Wait>},
    {"wait_max", &read_most<Size::Wait>},
    {"cores_use_min", &read_least_use<Amount::CoresUse>},
    {"cores_use_max", &read_most_use<Amount::CoresUse>},
    {"memory_use_min", &read_least_use<Amount::MemoryUse>},
    {"memory_use_max", &read_most_use<Amount::MemoryUse>},
    {"gpu_use_min", &read_least_use<Amount::GpuUse>},
    {"gpu_use_max", &read_most_use<Amount::GpuUse>},
    {"sort", &read_sort},
});

/// What the address says of a filter: `state` may come several times, and with commas.
std::vector<std::string> values_of(const Request& request, std::string_view name) {
    std::vector<std::string> values;
    if (name != "state") {
        const std::string value = request.parameter(name).value_or("");
        const std::string_view trimmed = text::trim(value);
        if (!trimmed.empty()) values.emplace_back(trimmed);
        return values;
    }
    for (const QueryParameter& one : request.query) {
        if (one.name != name) continue;
        for (std::string& word : text::split_list(one.value, ',')) {
            const bool again = std::find(values.begin(), values.end(), word) != values.end();
            if (!again) values.push_back(std::move(word));
        }
    }
    return values;
}

void read_filters(const Request& request, UserQuery& query, Instant now) {
    for (const Parameter& parameter : kParameters) {
        for (std::string& value : values_of(request, parameter.name)) {
            if (value.size() > kLongestText) refuse(sentence("A filter is too long."));
            parameter.read(value, query, now);
            query.chosen.push_back({std::string(parameter.name), std::move(value)});
        }
    }
}

template <class Range>
void check_range(const Range& range) {
    if (range.least && range.most && *range.least > *range.most) {
        refuse(sentence("A smallest size is above its largest."));
    }
}

void check_ranges(const UserQuery& query) {
    const slurm::JobFilter& filter = query.filter;
    if (filter.from && filter.to && *filter.from >= *filter.to) {
        refuse(sentence("The start date is after the end date."));
    }
    for (const auto& range : filter.sizes) check_range(range);
    for (const auto& range : query.uses) check_range(range);
    if (query.ranked() && (!filter.node.empty() || !filter.qos.empty())) {
        refuse(sentence("A sorted list knows no nodes and no QOS: take that filter away."));
    }
}

void read_skip(const std::string& text, UserQuery& query) {
    const auto skip = text::parse_unsigned(text, kMostRanked);
    if (!skip) refuse(sentence("This page of the list does not exist."));
    query.skip = static_cast<std::uint32_t>(*skip);
    query.first_page = query.skip == 0;
}

void read_cursor(const Request& request, UserQuery& query) {
    const auto text = request.parameter("after");
    if (!text) return;
    if (query.ranked()) return read_skip(*text, query);
    const auto position = parse_position(*text);
    if (!position) refuse(sentence("This page of the list does not exist."));
    query.after = *position;
    query.first_page = false;
    const bool waits = !position->started && !position->never_started;
    query.shows_waiting = query.shows_waiting && waits;
}

using Chosen = std::vector<QueryParameter>;

/// As in an address; the states in one parameter.
std::string query_text(const Chosen& chosen) {
    std::string text;
    std::string_view last;
    for (const auto& [name, value] : chosen) {
        if (name == last && name == "state") {
            text += ",";
        } else {
            text += text.empty() ? '?' : '&';
            text.append(url::encode(name)).append("=");
        }
        text += url::encode(value);
        last = name;
    }
    return text;
}

bool is_same(const QueryParameter& a, const QueryParameter& b) {
    return a.name == b.name && a.value == b.value;
}

Chosen without(Chosen chosen, const Chosen& these) {
    std::erase_if(chosen, [&](const QueryParameter& one) {
        return std::any_of(these.begin(), these.end(),
                           [&](const QueryParameter& other) { return is_same(one, other); });
    });
    return chosen;
}

/// With these instead of other values of their fields, in the order of an address.
Chosen with(Chosen chosen, const Chosen& these) {
    std::erase_if(chosen, [&](const QueryParameter& one) {
        return std::any_of(these.begin(), these.end(),
                           [&](const QueryParameter& other) { return one.name == other.name; });
    });
    chosen.insert(chosen.end(), these.begin(), these.end());
    const auto place = [](const QueryParameter& one) {
        return std::find_if(kParameters.begin(), kParameters.end(),
                            [&](const Parameter& other) { return other.name == one.name; });
    };
    std::stable_sort(chosen.begin(), chosen.end(),
                     [&](const auto& a, const auto& b) { return place(a) < place(b); });
    return chosen;
}

/// What is one click away.
const std::array<Chosen, views::kQuickFilters>& quick_filters() {
    static const std::array<Chosen, views::kQuickFilters> kAll = {{
        {{"state", "failed"},
         {"state", "timeout"},
         {"state", "out_of_memory"},
         {"state", "node_fail"}},
        {{"verdict", "wasteful"}},
        {{"gpus_min", "1"}},
        {{"last", "24"}},
        {{"wait_min", "12"}},
    }};
    return kAll;
}

bool holds_all(const Chosen& chosen, const Chosen& these) {
    return std::all_of(these.begin(), these.end(), [&](const QueryParameter& one) {
        return std::any_of(chosen.begin(), chosen.end(),
                           [&](const QueryParameter& other) { return is_same(one, other); });
    });
}

std::string after_query(const UserQuery& query, const std::string& place) {
    const std::string filters = filter_query(query);
    return filters + (filters.empty() ? "?" : "&") + "after=" + place;
}

/// Without what no summary tells, so that a list can be sorted: jobs that run or wait, nodes, QOS.
Chosen kept_of(Chosen chosen) {
    std::erase_if(chosen, [](const QueryParameter& one) {
        return one.name == "node" || one.name == "qos" ||
               (one.name == "state" && goes_on(state_choice(one.value).state));
    });
    return chosen;
}

/// One click to each order; that of the list as it is leads back to the newest first.
std::array<views::QuickFilter, views::kOrders> orders(const Chosen& chosen,
                                                      const std::string& page) {
    std::array<views::QuickFilter, views::kOrders> all{};
    for (std::size_t at = 0; at < kRanks.size(); ++at) {
        const Chosen sort = {{"sort", kRanks.at(at).first}};
        const bool on = holds_all(chosen, sort);
        const Chosen then = on ? without(chosen, sort) : with(kept_of(chosen), sort);
        all.at(at) = {page + query_text(then), on};
    }
    return all;
}

}  // namespace

UserQuery parse_user_query(const Request& request, Instant now) {
    UserQuery query;
    read_filters(request, query, now);
    check_ranges(query);
    if (query.ranked()) query.shows_waiting = false;
    read_cursor(request, query);
    return query;
}

bool UserQuery::ranked() const {
    return rank ||
           std::any_of(uses.begin(), uses.end(), [](const auto& use) { return use.narrows(); });
}

std::string filter_query(const UserQuery& query) {
    return query_text(query.chosen);
}

std::string next_query(const UserQuery& query, const ListPosition& after) {
    return after_query(query, position_text(after));
}

std::string next_query(const UserQuery& query, std::uint32_t skip) {
    return after_query(query, std::to_string(skip));
}

std::optional<std::string> shorter_query(const Request& request, const UserQuery& query) {
    const auto is_filter = [](const QueryParameter& one) {
        return std::any_of(kParameters.begin(), kParameters.end(),
                           [&](const Parameter& other) { return other.name == one.name; });
    };
    std::size_t given = 0;
    bool empty = false;
    Chosen kept = query.chosen;
    for (const QueryParameter& one : request.query) {
        if (!is_filter(one)) {
            kept.push_back(one);
            continue;
        }
        empty = empty || text::trim(one.value).empty();
        if (one.name == "state") ++given;
    }
    if (!empty && given < 2) return std::nullopt;
    return query_text(kept);
}

views::ListFilter shown_filter(const UserQuery& query, const std::string& page) {
    views::ListFilter shown;
    for (const QueryParameter& one : query.chosen) {
        shown.chosen.push_back(
            {one.name, one.value, page + query_text(without(query.chosen, {one}))});
    }
    std::size_t at = 0;
    for (const Chosen& quick : quick_filters()) {
        const bool on = holds_all(query.chosen, quick);
        const Chosen then = on ? without(query.chosen, quick) : with(query.chosen, quick);
        shown.quick.at(at++) = {page + query_text(then), on};
    }
    shown.orders = orders(query.chosen, page);
    return shown;
}

}  // namespace portal::jobstats
