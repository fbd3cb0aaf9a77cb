#pragma once

#include <string>
#include <vector>

#include "views/cloud_parts.h"
#include "views/frame.h"

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
