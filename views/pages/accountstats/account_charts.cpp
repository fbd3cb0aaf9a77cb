#include "views/pages/accountstats/account_charts.h"

#include <array>

namespace portal::views {
namespace {

constexpr ChartWords allocation(std::string_view slug, const char* title, const char* unit,
                                const char* empty) {
    return {slug,
            title,
            unit,
            mark("Good: near the allocation on average, and used near allocated."),
            mark("All jobs of the account combined. The line is the award of the resource "
                 "allocation competition, if there is one. Anything allocated above it lowers the "
                 "priority later, used or not."),
            empty};
}

constexpr ChartWords priority(std::string_view slug) {
    return {
        slug,
        mark("Priority of the account"),
        "",
        mark("Above 1: jobs start sooner. Below 1: they wait longer."),
        mark("Slurm compares what the account has used with its share. Older use counts less than "
             "recent use."),
        mark("No priority was measured, or it was the highest: of an account that used nothing.")};
}

constexpr std::array kAccountCharts = {
    ChartWords{"cpu_allocated", mark("Allocated CPU cores"), mark("cores"),
               mark("Cores that the jobs of each user hold."),
               mark("Counted on the nodes: cores of a job that runs no program are not seen."),
               mark("No job of this account held cores in this period.")},
    ChartWords{"cpu_used", mark("Used CPU cores"), mark("cores"),
               mark("Good: as high as what is allocated."),
               mark("Cores that compute, added up over the jobs of each user."),
               mark("No job of this account used cores in this period.")},
    ChartWords{"cpu_wasted", mark("Wasted CPU cores"), mark("cores"),
               mark("Good: near zero. Anyone who stands out could request fewer cores."),
               mark("Allocated minus used, for each user. Wasted cores count against the priority "
                    "of the whole account."),
               mark("No job of this account wasted cores in this period.")},
    ChartWords{"mem_allocated", mark("Allocated memory"), mark("GiB"),
               mark("Memory that the jobs of each user hold."),
               mark("Counted on the nodes: memory of a job that runs no program is not seen."),
               mark("No job of this account held memory in this period.")},
    ChartWords{"mem_used", mark("Used memory"), mark("GiB"),
               mark("Good: near what is allocated, with a little to spare."),
               mark("What programs hold. The file cache, which the system gives back when it is "
                    "needed, does not count."),
               mark("No job of this account used memory in this period.")},
    ChartWords{"mem_wasted", mark("Wasted memory"), mark("GiB"),
               mark("Good: low. Anyone who stands out could request less memory."),
               mark("Allocated minus used, for each user. Memory that nobody uses keeps other jobs "
                    "waiting."),
               mark("No job of this account wasted memory in this period.")},
    ChartWords{"gpu_allocated", mark("Allocated GPUs"), mark("GPUs"),
               mark("GPUs that the jobs of each user hold."),
               mark("Counted on the nodes, idle ones too."),
               mark("No job of this account held GPUs in this period.")},
    ChartWords{"gpu_used", mark("Used GPUs"), mark("GPUs"),
               mark("Good: as high as what is allocated."),
               mark("Used adds up how busy each GPU is: two GPUs half busy count as one."),
               mark("No job of this account used GPUs in this period.")},
    ChartWords{"gpu_wasted", mark("Wasted GPUs"), mark("GPUs"),
               mark("Good: near zero. GPUs are what others wait for the longest."),
               mark("Allocated minus used, for each user."),
               mark("No job of this account wasted GPUs in this period.")},
    ChartWords{"gpu_power_allocated", mark("Maximum GPU power"), "W",
               mark("The most that each user's GPUs may draw."),
               mark("Number of GPUs times the maximum power of their model."),
               mark("No GPU power was measured.")},
    ChartWords{"gpu_power_used", mark("GPU power drawn"), "W",
               mark("Good: well above idle while jobs run."),
               mark("Power draw is the best evidence of real work."),
               mark("No GPU power was measured.")},
    ChartWords{"gpu_power_wasted", mark("Unused GPU power"), "W",
               mark("Good: low. Few programs come near zero."),
               mark("Maximum power minus power drawn, for each user."),
               mark("No GPU power was measured.")},
    file_operations(
        mark("Opening, closing, creating and looking up files by the jobs of this account, "
             "by user and file system."),
        mark("No file operations by jobs of this account.")),
    file_traffic(mark("What the jobs of this account read from and write to the shared file "
                      "systems, by user."),
                 mark("No file system traffic by jobs of this account.")),
    allocation("cpu_allocation", mark("Cores against the allocation"), mark("cores"),
               mark("No job of this account held cores in this period.")),
    allocation("gpu_allocation", mark("GPUs against the allocation"), mark("GPUs"),
               mark("No job of this account held GPUs in this period.")),
    priority("cpu_priority"),
    priority("gpu_priority"),
};

}  // namespace

std::span<const ChartWords> account_charts() {
    return kAccountCharts;
}

}  // namespace portal::views
