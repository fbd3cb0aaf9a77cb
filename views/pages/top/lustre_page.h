#pragma once

#include <string>
#include <vector>

#include "views/base/frame.h"
#include "views/parts/charts/charts.h"
#include "views/parts/charts/ranges.h"

namespace portal::views {

struct TopFileSystem {
    std::string name;
    std::vector<ChartRef> charts;
};

/// The heaviest users of each file system over time.
struct TopLustrePage {
    Frame frame;
    unsigned most_users = 0;  ///< shown at each moment
    std::vector<RangeChoice> ranges;
    std::vector<TopFileSystem> file_systems;
};

/// Fills the page's template; returns what the browser's title says.
[[nodiscard]] std::string fill(const TopLustrePage& page, TemplateDictionary& dict,
                               const Words& words);

}  // namespace portal::views
