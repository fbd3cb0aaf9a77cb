#include "views/pages/top/lustre_charts.h"

#include <array>

namespace portal::views {
namespace {

constexpr std::array kCharts = {
    ChartWords{"lustre_mdt", mark("File operations"), mark("operations per second"),
               mark("Look for: one line far above the others, for hours."),
               mark("Opening, closing, creating and looking up files, by user. Activity without an "
                    "owner is grouped as “others”."),
               mark("Nobody worked on files in this period.")},
    ChartWords{"lustre_ost_read", mark("Read"), mark("MiB/s"),
               mark("Look for: one line far above the others, for hours."),
               mark("What the jobs and programs of each user read."),
               mark("Nobody read in this period.")},
    ChartWords{"lustre_ost_write", mark("Written"), mark("MiB/s"),
               mark("Look for: one line far above the others, for hours."),
               mark("What the jobs and programs of each user wrote."),
               mark("Nobody wrote in this period.")},
};

}  // namespace

std::span<const ChartWords> lustre_charts() {
    return kCharts;
}

}  // namespace portal::views
