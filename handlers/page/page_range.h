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
