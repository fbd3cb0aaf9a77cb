#include "handlers/graphs/time_grid.h"

#include <algorithm>
#include <array>
#include <optional>

#include "fcgi/base/text.h"
#include "fcgi/http/http_error.h"
#include "views/base/sentence.h"

namespace portal {
namespace {

using std::chrono::hours;

constexpr std::int64_t kMostPoints = 500;
constexpr std::uint64_t kLatestTime = 4102444800;  // the year 2100
constexpr std::uint64_t kLongestDelta = 10ULL * 366 * 86400;
constexpr std::array<std::int64_t, 18> kSteps = {10,   15,   20,    30,    60,    120,
                                                 180,  300,  600,   900,   1200,  1800,
                                                 3600, 7200, 10800, 21600, 43200, 86400};

std::optional<Seconds> seconds_parameter(const Request& request, std::string_view name,
                                         std::uint64_t most) {
    const auto text = request.parameter(name);
    if (!text) return std::nullopt;
    const auto number = text::parse_unsigned(*text, most);
    if (!number) throw HttpError(400, views::sentence("This is not a valid time range.").id);
    return Seconds{static_cast<Seconds::rep>(*number)};
}

std::int64_t sensible_step(std::int64_t least) {
    const auto* found = std::lower_bound(kSteps.begin(), kSteps.end(), least);
    if (found != kSteps.end()) return *found;
    return (least + kSteps.back() - 1) / kSteps.back() * kSteps.back();
}

}  // namespace

TimeRange range_of(const Request& request, TimeRange whole) {
    const auto start = seconds_parameter(request, "start", kLatestTime);
    const auto end = seconds_parameter(request, "end", kLatestTime);
    const auto delta = seconds_parameter(request, "delta", kLongestDelta);
    TimeRange range = whole;
    if (end) range.to = std::min(range.to, Instant{*end});
    if (start) range.from = std::max(range.from, Instant{*start});
    if (delta) range.from = std::max(range.from, range.to - *delta);
    const bool contradictory = delta && start;
    if (contradictory || range.from > range.to) {
        throw HttpError(400, views::sentence("This is not a valid time range.").id);
    }
    return range;
}

prometheus::Grid grid_for(TimeRange range, Seconds interval) {
    const std::int64_t span = std::max<std::int64_t>(range.length().count(), 1);
    const std::int64_t least = std::max<std::int64_t>((span + kMostPoints - 1) / kMostPoints, 1);
    const std::int64_t step = sensible_step(std::max<std::int64_t>(least, interval.count()));
    const std::int64_t first = (unix_seconds(range.from) + step - 1) / step * step;
    const std::int64_t last = unix_seconds(range.to) / step * step;
    if (first > last) return {range.to, Seconds{step}, 1};
    return {from_unix(first), Seconds{step}, static_cast<std::size_t>((last - first) / step) + 1};
}

Seconds rate_window(const prometheus::Grid& grid, Seconds interval) {
    return std::max(grid.step, kScrapesOfRate * interval);
}

promql::Expr gauge(const promql::Selector& selector, const prometheus::Grid& grid,
                   Seconds interval) {
    return grid.step < 2 * interval ? selector.now() : selector.avg_over(grid.step);
}

}  // namespace portal
