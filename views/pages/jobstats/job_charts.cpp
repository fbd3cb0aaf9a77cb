#include "views/pages/jobstats/job_charts.h"

#include <array>

namespace portal::views {
namespace {

constexpr std::array kJobCharts = {
    ChartWords{
        "cpu", mark("Cores in use"), mark("cores"), mark("Good: the area reaches the dashed line."),
        mark("Each band is one core, or one node of a larger job. A core that stays near 1 is "
             "fully busy; a missing band is a core that does nothing."),
        mark("No core usage was measured.")},
    ChartWords{
        "mem", mark("Memory"), mark("GiB"), mark("Good: the peak stays just below the limit."),
        mark("In use counts everything the job holds, file cache included. Program memory is "
             "what the job cannot give back; when it reaches the limit the job is killed."),
        mark("No memory usage was measured for this job.")},
    ChartWords{
        "programs", mark("Core time by program"), mark("cores"),
        mark("Good: your program takes most of it, not what starts or feeds it."),
        mark("Cores in use by executable file, on all nodes together. Programs of less than a "
             "minute are not counted, and one whose processes come and go is shown too low."),
        mark("One program, or none, was measured.")},
    file_operations(
        mark("Opening, closing, creating and looking up files on the shared file systems, by "
             "kind of operation."),
        mark("No file operations of this job were recorded.")),
    file_traffic(mark("What the job reads from and writes to the shared file systems."),
                 mark("No file system traffic of this job was recorded.")),
    ChartWords{
        "gpu_utilization", mark("GPU use"), "%",
        mark("Good: near 100 % for most of the time, on every GPU."),
        mark("With NVML: share of the time in which the GPU computes something, not that all of it "
             "does. With DCGM: mean share of its multiprocessors at work, which is lower."),
        mark("No GPU usage was measured."), "100"},
    ChartWords{
        "gpu_memory_utilization", mark("GPU memory activity"), "%",
        mark("Depends on the program. High here with low GPU use: it is waiting for memory."),
        mark("Share of the time in which the memory of the GPU is read or written."),
        mark("No GPU memory usage was measured."), "100"},
    ChartWords{"gpu_memory", mark("GPU memory used"), mark("GiB"),
               mark("Good: most of the memory of the card; larger batches use it better."),
               mark("Memory that the job holds on each GPU, against what the card has."),
               mark("No GPU memory was measured.")},
    ChartWords{"gpu_power", mark("GPU power"), "W",
               mark("Good: well above idle. Power draw is the best evidence of real work."),
               mark("A GPU that is busy but draws little power is running very small kernels."),
               mark("No GPU power was measured.")},
    ChartWords{
        "gpu_pcie", mark("GPU PCIe traffic"), mark("MiB/s"),
        mark("Good: quiet between loads. Steady high traffic means data is copied too often."),
        mark("Data copied between the main memory and each GPU, both ways."),
        mark("No PCIe traffic was measured.")},
    ChartWords{"infiniband_bdw", mark("Network between nodes"), mark("Gbit/s"),
               mark("Depends on the program; near the limit, the network slows it down."),
               mark("InfiniBand traffic of the whole node, in and out, other jobs included."),
               mark("No network traffic was measured.")},
    ChartWords{"ethernet_bdw", mark("Ethernet traffic"), mark("Gbit/s"),
               mark("Depends on the cluster; little where the nodes have a faster network."),
               mark("Ethernet traffic of the whole node, in and out, other jobs included: "
                    "downloads, some file systems, and messages between nodes where there is no "
                    "faster network."),
               mark("No Ethernet traffic was measured.")},
    ChartWords{"disk_iops", mark("Local disk operations"), mark("operations per second"),
               mark("Good: small reads and writes happen here, not on the shared file systems."),
               mark("Reads and writes on the local disk of each node, other jobs included."),
               mark("No local disk operations were measured.")},
    ChartWords{"disk_bdw", mark("Local disk traffic"), mark("MiB/s"),
               mark("Good: below what the disk can do, so that the job does not wait for it."),
               mark("What is read from and written to the local disk, other jobs included."),
               mark("No local disk traffic was measured.")},
    ChartWords{"disk_used", mark("Local disk space used"), mark("GiB"),
               mark("Good: below the size of the disk. A full disk stops the job."),
               mark("Space taken on the local disk of each node, other jobs included."),
               mark("The local disk was not measured.")},
    ChartWords{
        "power", mark("Power"), "W",
        mark("Good: high while the job computes, low when it does not."),
        mark("Share of the power of each node that this job's cores and GPUs account for. It "
             "is an estimate where the node is shared."),
        mark("No power was measured.")},
};

constexpr std::array kUserCharts = {
    ChartWords{"cpu", mark("Cores"), mark("cores"), mark("Good: used stays close to allocated."),
               mark("The gap between the lines is cores you hold that do nothing."),
               mark("No job used cores in this period.")},
    ChartWords{"mem", mark("Memory"), mark("GiB"),
               mark("Good: the highest use comes near allocated, with a little to spare."),
               mark("Memory that you hold but never use keeps other jobs waiting."),
               mark("No job used memory in this period.")},
    file_operations(mark("Opening, closing, creating and looking up files by all your jobs."),
                    mark("No file operations by your jobs.")),
    file_traffic(mark("What your jobs read from and write to the shared file systems."),
                 mark("No file system traffic by your jobs.")),
    ChartWords{"gpu_utilization", mark("GPUs"), mark("GPUs"),
               mark("Good: used stays close to allocated."),
               mark("Used adds up how busy each GPU is: two GPUs half busy count as one."),
               mark("No job used GPUs in this period.")},
    ChartWords{"gpu_power", mark("GPU power"), "W",
               mark("Good: well above idle while your jobs run."),
               mark("Allocated is the most your GPUs may draw, used is what they draw."),
               mark("No GPU power was measured.")},
};

}  // namespace

std::span<const ChartWords> job_charts() {
    return kJobCharts;
}

std::span<const ChartWords> user_charts() {
    return kUserCharts;
}

}  // namespace portal::views
