#include "views/pages/home/home_charts.h"

#include <array>

namespace portal::views {
namespace {

constexpr std::array kHomeCharts = {
    ChartWords{"ost", mark("bandwidth"), mark("bytes per second"),
               mark("What all jobs and people together read and write."),
               mark("The file system is shared: when it is busy, everybody's reads and writes take "
                    "longer."),
               mark("Nothing was measured on this file system in this time.")},
    ChartWords{"mdt", mark("metadata"), mark("operations per second"),
               mark("Opening, closing, listing and looking up files, all together."),
               mark("Many operations at once slow down every command that touches files, such as "
                    "ls."),
               mark("No operations were measured on this file system in this time.")},
};

}  // namespace

std::span<const ChartWords> home_charts() {
    return kHomeCharts;
}

}  // namespace portal::views
