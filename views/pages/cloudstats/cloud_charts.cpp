#include "views/pages/cloudstats/cloud_charts.h"

#include <array>

namespace portal::views {
namespace {

constexpr std::array kCharts = {
    ChartWords{"cpu", mark("CPU cores"), mark("cores"),
               mark("Good: used comes near allocated when there is work."),
               mark("The line is the virtual cores available; the areas are those in use."),
               mark("No instance ran in this period.")},
    ChartWords{"memory", mark("Memory"), mark("GiB"),
               mark("Good: used stays well below allocated, but not far below."),
               mark("The line is the memory available. An instance reports its use only if it has "
                    "a balloon driver; others have no area here."),
               mark("No instance ran in this period.")},
    ChartWords{"disk_bandwidth", mark("Disk bandwidth"), mark("MiB/s"),
               mark("Good: bursts with pauses between them."),
               mark("What is read from and written to the virtual disks."),
               mark("No instance used its disks in this period.")},
    ChartWords{"disk_iops", mark("Disk operations"), mark("operations per second"),
               mark("Good: few for the bandwidth; many small ones are slow."),
               mark("Reads and writes on the virtual disks, whatever their size."),
               mark("No instance used its disks in this period.")},
    ChartWords{"network_bandwidth", mark("Network bandwidth"), mark("MiB/s"),
               mark("Depends on the service; a steady high line is worth a question."),
               mark("What comes in and goes out by the virtual network cards."),
               mark("No instance used the network in this period.")},
};

}  // namespace

std::span<const ChartWords> cloud_charts() {
    return kCharts;
}

}  // namespace portal::views
