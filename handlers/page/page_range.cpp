#include "handlers/page/page_range.h"

#include <algorithm>
#include <array>

#include "handlers/graphs/time_grid.h"
#include "handlers/page/page_link.h"

namespace portal {
namespace {

constexpr std::array<std::string_view, 3> kRangeNames = {"start", "end", "delta"};

}  // namespace

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
