#include "handlers/usersummary/forecast.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace portal::usersummary {
namespace {

constexpr std::size_t kWeek = 7;         // growth over whole weeks does not see weekends
constexpr std::size_t kFewestDays = 14;  // known ones
constexpr std::size_t kLately = 28;      // days in which a single jump is looked for
constexpr double kMostFall = 0.5;        // of the growth; with more, somebody cleans up
constexpr double kMostOfOneDay = 0.5;    // of all movement lately
constexpr double kNormal = 1.4826;       // from a median deviation to a standard one
constexpr double kBand = 2;              // standard deviations; eight of ten in the backtest
constexpr double kMostDays = 182;
constexpr double kMostLate = 30;  // days after the expected one, or twice the time to it
constexpr double kLatestDays = 365;

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// Growth over the `over` days before each day; unknown ones are left out.
std::vector<double> growth(std::span<const double> days, std::size_t over) {
    std::vector<double> grown;
    for (std::size_t day = over; day < days.size(); ++day) {
        const double more = days[day] - days[day - over];
        if (std::isfinite(more)) grown.push_back(more);
    }
    return grown;
}

std::size_t known(std::span<const double> days) {
    return static_cast<std::size_t>(
        std::count_if(days.begin(), days.end(), [](double day) { return std::isfinite(day); }));
}

bool is_cleaned_up(const std::vector<double>& weeks) {
    double grown = 0;
    double fallen = 0;
    for (const double week : weeks) (week > 0 ? grown : fallen) += std::abs(week);
    return fallen > kMostFall * grown;
}

/// Whether one day outweighs all others of its month together.
bool jumped(std::span<const double> days) {
    const auto lately = growth(days.last(std::min(days.size(), kLately)), 1);
    double all = 0;
    double most = 0;
    for (const double day : lately) {
        all += std::abs(day);
        most = std::max(most, std::abs(day));
    }
    return lately.size() > 2 && most > kMostOfOneDay * all;
}

/// Growth per day, and how certain that is.
struct Pace {
    double a_day = 0;
    double of_weeks = 0;  ///< standard deviation of a week's growth
    double weeks = 0;     ///< how many of them it is estimated from

    /// Standard deviation of the growth over so many days: the weeks vary, and their mean is an
    /// estimate.
    [[nodiscard]] double deviation(double days) const {
        const double ahead = days / kWeek;
        return of_weeks * std::sqrt(ahead + ahead * ahead / weeks);
    }
};

/// Mean of the middle eight tenths: weeks of strong growth count, a single outlier does not.
double middle_of(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const std::size_t cut = values.size() / 10;
    double sum = 0;
    for (std::size_t place = cut; place < values.size() - cut; ++place) sum += values[place];
    return sum / static_cast<double>(values.size() - 2 * cut);
}

/// Standard deviation of a week's growth, from that of so many weeks: what swings around a steady
/// pace varies less over longer times than what changes its pace every day.
double deviation_of(std::span<const double> days, double a_day, std::size_t weeks) {
    std::vector<double> apart = growth(days, weeks * kWeek);
    const double expected = a_day * static_cast<double>(weeks * kWeek);
    for (double& one : apart) one = std::abs(one - expected);
    return kNormal * median(std::move(apart)) / std::sqrt(static_cast<double>(weeks));
}

Pace pace_of(std::span<const double> days, const std::vector<double>& weeks) {
    const double a_day = middle_of(weeks) / kWeek;
    double deviation = deviation_of(days, a_day, 1);
    for (const std::size_t longer : {2U, 4U}) {
        if (growth(days, longer * kWeek).size() < kLately) break;
        deviation = std::min(deviation, deviation_of(days, a_day, longer));
    }
    return {a_day, deviation, static_cast<double>(known(days)) / kWeek};
}

/// The first day on which it has grown by `left`, if it is so many deviations ahead of its pace;
/// empty if that is too far away.
std::optional<double> day_of(const Pace& pace, double left, double deviations) {
    for (double day = 1; day <= kLatestDays; ++day) {
        if (pace.a_day * day + deviations * pace.deviation(day) >= left) return day;
    }
    return std::nullopt;
}

Instant after(Instant now, double days) {
    return now + Seconds{std::llround(days * static_cast<double>(kDay.count()))};
}

}  // namespace

std::optional<Forecast> forecast(std::span<const double> days, double limit, Instant now) {
    if (days.empty() || known(days) < kFewestDays || !std::isfinite(days.back())) return {};
    const double left = limit - days.back();
    const std::vector<double> weeks = growth(days, kWeek);
    if (left <= 0 || weeks.size() < kWeek || is_cleaned_up(weeks) || jumped(days)) return {};
    const Pace pace = pace_of(days, weeks);
    if (pace.a_day <= 0 || left > kMostDays * pace.a_day) return {};
    const auto early = day_of(pace, left, kBand);
    const auto late = day_of(pace, left, -kBand);
    if (!early || !late) return {};
    const double expected = left / pace.a_day;
    if (*late - expected > std::max(expected, kMostLate)) return {};
    return Forecast{after(now, expected), after(now, *early - 1), after(now, *late)};
}

}  // namespace portal::usersummary
