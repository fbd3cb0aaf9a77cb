#pragma once

#include <span>
#include <string>
#include <vector>

#include "fcgi/base/units.h"
#include "fcgi/http/request.h"
#include "views/parts/charts/ranges.h"

namespace portal {

/// Ranges of time that a page offers; `usual` is one of them and holds when the address names
/// no range. Any range up to `longest` before now may be requested.
struct RangePresets {
    std::span<const Seconds> lengths;
    Seconds usual;
    Seconds longest;
};

/// Range of a graph as the URL requests it: `start` and `end` (Unix seconds) or `delta` (seconds
/// before `end`), clipped to `whole`. Throws HttpError 400 on anything malformed, reversed or out
/// of reach.
[[nodiscard]] TimeRange range_of(const Request& request, TimeRange whole);

/// The range of a page and its graphs from `start`, `end` and `delta` of the address. Throws
/// HttpError 400 as range_of does.
[[nodiscard]] TimeRange page_range(const Request& request, Instant now,
                                   const RangePresets& presets);

/// A link for each preset; the rest of the address stays. `page` is the page's path with the base
/// path.
[[nodiscard]] std::vector<views::RangeChoice> range_choices(const Request& request,
                                                            const std::string& page,
                                                            const RangePresets& presets);

}  // namespace portal
