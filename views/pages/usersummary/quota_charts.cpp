#include "views/pages/usersummary/quota_charts.h"

#include <array>

namespace portal::views {
namespace {

constexpr std::array kCharts = {
    ChartWords{"quota_bytes", mark("Space used"), mark("TiB"),
               mark("Good: level, or falling after you tidied up."),
               mark("What lies in each quota. A line that climbs steadily will reach its limit."),
               mark("No use of space was measured.")},
    ChartWords{"quota_inodes", mark("Files"), mark("files"),
               mark("Good: few large files rather than many small ones."),
               mark("Files, directories and links in each quota."),
               mark("No number of files was measured.")},
};

}  // namespace

std::span<const ChartWords> quota_charts() {
    return kCharts;
}

}  // namespace portal::views
