#pragma once

#include <string>
#include <vector>

#include "fcgi/base/units.h"
#include "views/parts/part.h"

namespace portal::views {

/// One preset of a page's time range.
struct RangeChoice {
    Seconds length{};  ///< 0: now
    std::string link;
    bool current = false;
};

/// Links to the presets of a page's time range; nothing if there are none.
void add_ranges(TemplateDictionary& dict, const TemplateString& marker,
                const std::vector<RangeChoice>& ranges, const Words& words);

/// A range of time by its length: "6 h", "14 days".
[[nodiscard]] std::string range_name(Seconds length, const Words& words);

}  // namespace portal::views
