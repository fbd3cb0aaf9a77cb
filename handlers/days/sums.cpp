#include "handlers/days/sums.h"

#include <algorithm>
#include <array>
#include <map>

#include "fcgi/http/http_error.h"
#include "handlers/page/page_link.h"
#include "views/base/format.h"
#include "views/base/sentence.h"

namespace portal {
namespace {

using database::Day;
using database::Days;
using database::DaySums;
using Number = std::optional<double>;

constexpr std::array<Day, 4> kPeriods = {1, 7, 30, 90};
constexpr Day kUsual = 7;
constexpr std::string_view kParameter = "days";
constexpr std::array<std::string_view, 1> kReplaced = {kParameter};
constexpr Day kMostBars = 35;
constexpr Day kWeek = 7;
constexpr std::size_t kLengthOfDate = 10;

Day length_of(const Request& request) {
    const auto given = request.parameter(kParameter);
    if (!given) return kUsual;
    for (const Day length : kPeriods) {
        if (*given == std::to_string(length)) return length;
    }
    throw HttpError(400, views::sentence("This is not a valid time range.").id);
}

views::DayBar bar_of(const DaySums& sums, Days days) {
    return {
        .first = date_of(days.from),
        .last = date_of(days.to - 1),
        .jobs = sums.jobs,
        .cores = {hours_of(sums.core_s), hours_of(sums.known_core_s), hours_of(sums.used_core_s)},
        .gpus = {hours_of(sums.gpu_s), hours_of(sums.known_gpu_s), hours_of(sums.used_gpu_s)}};
}

}  // namespace

DayPeriod day_period(const Request& request, Instant now) {
    const Day length = length_of(request);
    const Day today = database::day_of(now);
    return {{today - length, today}, {today - 2 * length, today - length}};
}

std::vector<views::RangeChoice> day_choices(const Request& request, const std::string& page,
                                            bool elsewhere) {
    const Day current = elsewhere ? 0 : length_of(request);
    std::vector<views::RangeChoice> choices;
    for (const Day length : kPeriods) {
        const std::string text = length == kUsual ? "" : std::to_string(length);
        choices.push_back({kDay * static_cast<Seconds::rep>(length),
                           elsewhere ? page + (text.empty() ? "" : "?days=" + text)
                                     : page_link(request, page, kReplaced, kParameter, text),
                           length == current});
    }
    return choices;
}

std::string date_of(Day day) {
    return views::format::utc(database::beginning_of(day)).substr(0, kLengthOfDate);
}

TimeRange range_of_days(Days days) {
    return {database::beginning_of(days.from), database::beginning_of(days.to)};
}

DaySums total_of(const std::vector<DaySums>& rows) {
    DaySums total;
    for (const DaySums& row : rows) total.add(row);
    return total;
}

Worth worth_in(const DaySums& whole, const Site& site) {
    Worth worth = worth_of(site);
    worth.priced = worth.priced && whole.wasted_cost.value_or(0) > 0;
    return worth;
}

Number waste_of(const DaySums& sums, const Worth& worth) {
    if (worth.priced) return sums.wasted_cost;
    if (!sums.wasted_core_s && !sums.wasted_gpu_s) return std::nullopt;
    return sums.wasted_core_s.value_or(0) * worth.core + sums.wasted_gpu_s.value_or(0) * worth.gpu;
}

Number hours_of(Number seconds) {
    if (seconds) *seconds /= kSecondsPerHour;
    return seconds;
}

Number share_of(const Number& used, const Number& had) {
    if (!used || !had || *had <= 0) return std::nullopt;
    return *used / *had;
}

views::DayBars day_bars(const std::vector<DaySums>& by_day, Days days) {
    const Day width = days.count() > kMostBars ? kWeek : 1;
    std::map<std::string, const DaySums*> found;
    for (const DaySums& one : by_day) found[one.name] = &one;
    views::DayBars bars{width > 1, {}};
    // Weeks are counted from the last day back; the first may be shorter.
    for (Day end = days.to; end > days.from;) {
        const Day begin = std::max(days.from, end > width ? end - width : 0);
        DaySums sums;
        for (Day day = begin; day < end; ++day) {
            const auto one = found.find(std::to_string(day));
            if (one != found.end()) sums.add(*one->second);
        }
        bars.bars.insert(bars.bars.begin(), bar_of(sums, {begin, end}));
        end = begin;
    }
    return bars;
}

}  // namespace portal
