#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fcgi/base/reading.h"
#include "views/base/frame.h"
#include "views/base/sentence.h"
#include "views/pages/accountstats/member_table.h"
#include "views/parts/charts/charts.h"
#include "views/parts/charts/notices.h"
#include "views/parts/charts/ranges.h"

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
    std::string waste_link;           ///< what its jobs wasted over days; empty: that is not kept
    MemberTable members;
    std::vector<std::string> idle;  ///< members of the group that nothing was recorded of
    std::vector<ChartRef> priority_charts;
    std::vector<ChartSection> sections;
};

/// Fills the page's template; returns what the browser's title says.
[[nodiscard]] std::string fill(const AccountPage& page, TemplateDictionary& dict,
                               const Words& words);

}  // namespace portal::views
