#pragma once

#include <string>
#include <vector>

#include "views/base/frame.h"
#include "views/pages/cloudstats/instance_parts.h"

namespace portal::views {

/// The machines of a project that ran within a range of time, those that run first.
struct CloudProjectPage {
    Frame frame;
    std::string project;
    std::vector<InstanceRow> instances;
    std::vector<RangeChoice> ranges;
    std::vector<ChartRef> charts;
};

}  // namespace portal::views
