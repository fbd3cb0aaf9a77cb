#include "views/pages/usersummary/quota_charts.h"

#include <array>

namespace portal::views {
namespace {

constexpr std::array kCharts = {
    ChartWords{
        "quota_share", mark("How full"), "%",
        mark("Good: well below 100 %, in space and in files."),
        mark("What each quota holds, of what it may hold today. At 100 % nothing more can be "
             "written there."),
        mark("No quota with a limit was measured.")},
    ChartWords{"quota_bytes", mark("Space used"), mark("TiB"),
               mark("Good: flat, or dropping after a clean-up."),
               mark("How much each quota holds. A line that climbs steadily will reach its limit."),
               mark("No disk usage was measured.")},
    ChartWords{"quota_inodes", mark("Files"), mark("files"),
               mark("Good: a few large files rather than many small ones."),
               mark("Files, directories and links in each quota."),
               mark("No file counts were measured.")},
};

}  // namespace

std::span<const ChartWords> quota_charts() {
    return kCharts;
}

}  // namespace portal::views
