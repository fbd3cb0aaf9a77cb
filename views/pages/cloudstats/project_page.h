#pragma once

#include <string>
#include <vector>

#include "views/base/frame.h"
#include "views/pages/cloudstats/instance_parts.h"
#include "views/parts/charts/charts.h"
#include "views/parts/charts/ranges.h"

namespace portal::views {

/// The machines of a project that ran within a range of time, those that run first.
struct CloudProjectPage {
    Frame frame;
    std::string project;
    std::vector<InstanceRow> instances;
    std::vector<RangeChoice> ranges;
    std::vector<ChartRef> charts;
};

/// Fills the page's template; returns what the browser's title says.
[[nodiscard]] std::string fill(const CloudProjectPage& page, TemplateDictionary& dict,
                               const Words& words);

}  // namespace portal::views
