#pragma once

#include <optional>
#include <string>
#include <vector>

#include "views/base/frame.h"
#include "views/pages/accountstats/member_table.h"
#include "views/parts/charts.h"

namespace portal::views {

/// The page of an account of Accountstats.
struct AccountPage {
    Frame frame;
    std::string account;
    std::string base;      ///< link of this page without query
    bool measured = true;  ///< the site measures jobs: there is a table
    Sentence granted;      ///< what the competition gave; empty: not known
    std::vector<Notice> notices;
    std::vector<RangeChoice> ranges;
    bool range_given = false;  ///< the address names a range, so it holds for the priority too
    std::optional<Reading> priority;  ///< at the end of the range; empty: the site has none
    MemberTable members;
    std::vector<std::string> idle;  ///< members of the group that nothing was recorded of
    std::vector<ChartRef> priority_charts;
    std::vector<ChartSection> sections;
};

}  // namespace portal::views
