#pragma once

#include <string>
#include <vector>

#include "views/base/frame.h"
#include "views/pages/cloudstats/instance_parts.h"
#include "views/parts/charts/charts.h"
#include "views/parts/charts/ranges.h"

namespace portal::views {

/// One virtual machine.
struct CloudInstancePage {
    Frame frame;
    std::string project;
    InstanceRow instance;
    std::vector<RangeChoice> ranges;
    std::vector<ChartRef> charts;
};

/// Fills the page's template; returns what the browser's title says.
[[nodiscard]] std::string fill(const CloudInstancePage& page, TemplateDictionary& dict,
                               const Words& words);

}  // namespace portal::views
