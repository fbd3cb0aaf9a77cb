#include "handlers/page/page_range.h"

#include <algorithm>
#include <array>
#include <optional>

#include "fcgi/base/text.h"
#include "fcgi/http/http_error.h"
#include "handlers/page/page_link.h"
#include "views/base/sentence.h"

namespace portal {
namespace {

constexpr std::array<std::string_view, 3> kRangeNames = {"start", "end", "delta"};
constexpr std::uint64_t kLatestTime = 4102444800;  // the year 2100
constexpr std::uint64_t kLongestDelta = (3660 * kDay).count();

std::optional<Seconds> seconds_parameter(const Request& request, std::string_view name,
                                         std::uint64_t most) {
    const auto text = request.parameter(name);
    if (!text) return std::nullopt;
    const auto number = text::parse_unsigned(*text, most);
    if (!number) throw HttpError(400, views::sentence("This is not a valid time range.").id);
    return Seconds{static_cast<Seconds::rep>(*number)};
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

TimeRange page_range(const Request& request, Instant now, const RangePresets& presets) {
    TimeRange range = range_of(request, {now - presets.longest, now});
    const bool given = request.parameter("start") || request.parameter("delta");
    if (!given) range.from = std::max(range.from, range.to - presets.usual);
    return range;
}

std::vector<views::RangeChoice> range_choices(const Request& request, const std::string& page,
                                              const RangePresets& presets) {
    const auto delta = request.parameter("delta");
    const bool moved = request.parameter("start") || request.parameter("end");
    std::vector<views::RangeChoice> choices;
    for (const Seconds length : presets.lengths) {
        const std::string text = std::to_string(length.count());
        const bool usual = length == presets.usual;
        const bool current = !moved && (delta ? *delta == text : usual);
        choices.push_back(
            {length, page_link(request, page, kRangeNames, "delta", usual ? "" : text), current});
    }
    return choices;
}

}  // namespace portal
