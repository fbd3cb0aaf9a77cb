#pragma once

#include <string>
#include <vector>

#include "views/base/frame.h"
#include "views/pages/cloudstats/instance_parts.h"

namespace portal::views {

/// One virtual machine.
struct CloudInstancePage {
    Frame frame;
    std::string project;
    InstanceRow instance;
    std::vector<RangeChoice> ranges;
    std::vector<ChartRef> charts;
};

}  // namespace portal::views
