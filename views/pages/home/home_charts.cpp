#include "views/pages/home/home_charts.h"

#include <array>

namespace portal::views {
namespace {

constexpr std::array kHomeCharts = {
    ChartWords{
        "ost", mark("bandwidth"), mark("bytes per second"), mark("Total traffic from all users."),
        mark(
            "The file system is shared: when it is busy, everyone's reads and writes take longer."),
        mark("Nothing was measured on this file system in this period.")},
    ChartWords{"mdt", mark("metadata"), mark("operations per second"),
               mark("Opening, closing, listing and looking up files, all users combined."),
               mark("Many operations at once slow down every command that touches files, such as "
                    "ls."),
               mark("No operations were measured on this file system in this period.")},
};

}  // namespace

std::span<const ChartWords> home_charts() {
    return kHomeCharts;
}

}  // namespace portal::views
