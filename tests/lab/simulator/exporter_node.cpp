#include <cmath>

#include "exporters.h"
#include "physics.h"

namespace portal::simulator {

void expose_node(const Simulation& simulation, unsigned node, Sink& sink);
void expose_power(const Simulation& simulation, unsigned node, Sink& sink);
void expose_gpus(const Simulation& simulation, unsigned node, Sink& sink);

namespace {

constexpr UnixTime kUptime = 30 * 86400;  // before the simulation begins
constexpr double kBlockBytes = 131072;    // of one disk operation
constexpr double kQuietNetwork = 1e4;     // bytes per second without jobs
constexpr double kEthernetShare = 0.05;   // of what InfiniBand carries, beside it

/// Sums over the jobs that run on the node now and those that ended.
struct Sums {
    std::vector<double> core_seconds;
    double received = 0;
    double sent = 0;
    double scratch_written = 0;
    double scratch_read = 0;
    double scratch_held = 0;  ///< bytes; what ended jobs wrote was removed
};

Sums sums(const Simulation& simulation, unsigned node) {
    const NodeState& state = simulation.node(node);
    Sums sum{state.core_seconds,    state.received,     state.sent,
             state.scratch_written, state.scratch_read, 0};
    for (const Share& share : simulation.shares(node)) {
        const Job& job = *share.job;
        const double t = job.elapsed(simulation.time());
        const Placement& part = job.placements[share.part];
        for (unsigned i = 0; i < part.cores.size(); ++i) {
            sum.core_seconds[part.cores[i]] += core_seconds(job, share.part, i, t);
        }
        sum.received += infiniband_received(job, t);
        sum.sent += infiniband_sent(job, t);
        sum.scratch_written += scratch_written(job, t);
        sum.scratch_read += scratch_read(job, t);
        sum.scratch_held += scratch_written(job, t);
    }
    return sum;
}

void expose_disk(const Sums& sum, Sink& sink) {
    const auto one = [&](std::string_view name, std::string_view help, double value) {
        sink.family(name, "counter", help);
        sink.sample(R"(device="nvme0n1")", std::floor(value));
    };
    one("node_disk_read_bytes_total", "The total number of bytes read successfully.",
        sum.scratch_read);
    one("node_disk_reads_completed_total", "The total number of reads completed successfully.",
        sum.scratch_read / kBlockBytes);
    one("node_disk_writes_completed_total", "The total number of writes completed successfully.",
        sum.scratch_written / kBlockBytes);
    one("node_disk_written_bytes_total", "The total number of bytes written successfully.",
        sum.scratch_written);
    constexpr std::string_view kMount =
        R"(device="/dev/nvme0n1p3",fstype="xfs",mountpoint="/localscratch")";
    sink.family("node_filesystem_avail_bytes", "gauge",
                "Filesystem space available to non-root users in bytes.");
    sink.sample(kMount, std::floor(kLocalScratch * 0.99 - sum.scratch_held));
    sink.family("node_filesystem_size_bytes", "gauge", "Filesystem size in bytes.");
    sink.sample(kMount, kLocalScratch);
}

/// The bond has the traffic of the one device that it is made of.
void expose_ethernet(const Sums& sum, double up, Sink& sink) {
    const auto family = [&](const char* name, const char* help, double carried) {
        const double bytes = std::floor(kEthernetShare * carried + kQuietNetwork * up);
        sink.family(name, "counter", help);
        sink.sample(R"(device="bond0")", bytes);
        sink.sample(R"(device="eno1")", bytes);
        sink.sample(R"(device="lo")", std::floor(kQuietNetwork * up));
    };
    family("node_network_receive_bytes_total", "Network device statistic receive_bytes.",
           sum.received);
    family("node_network_transmit_bytes_total", "Network device statistic transmit_bytes.",
           sum.sent);
}

}  // namespace

void expose_node(const Simulation& simulation, unsigned node, Sink& sink) {
    const Sums sum = sums(simulation, node);
    const auto up = static_cast<double>(simulation.time() - simulation.begin() + kUptime);
    sink.family("node_cpu_seconds_total", "counter", "Seconds the CPUs spent in each mode.");
    for (std::size_t i = 0; i < sum.core_seconds.size(); ++i) {
        sink.sample("cpu=\"" + std::to_string(i) + "\",mode=\"idle\"",
                    std::floor((up - sum.core_seconds[i]) * 100) / 100);
    }
    expose_disk(sum, sink);
    sink.family("node_infiniband_port_data_received_bytes_total", "counter",
                "Number of data octets received on all links");
    sink.sample(R"(device="mlx5_0",port="1")", std::floor(sum.received + kQuietNetwork * up));
    sink.family("node_infiniband_port_data_transmitted_bytes_total", "counter",
                "Number of data octets transmitted on all links");
    sink.sample(R"(device="mlx5_0",port="1")", std::floor(sum.sent + kQuietNetwork * up));
    expose_ethernet(sum, up, sink);
}

void expose_power(const Simulation& simulation, unsigned node, Sink& sink) {
    sink.family("redfish_chassis_power_average_consumed_watts", "gauge",
                "power_average_consumed_watts of chassis");
    sink.sample(R"(chassis_id="System.Embedded.1",power_voltage="System Power Control",)"
                R"(power_voltage_id="PowerControl",resource="power_wattage")",
                std::round(chassis_watts(simulation, node)));
}

void expose_gpus(const Simulation& simulation, unsigned node, Sink& sink) {
    std::vector<double> watts(simulation.cluster().nodes[node].gpus, kGpuIdleW);
    for (const Share& share : simulation.shares(node)) {
        const auto& gpus = share.job->placements[share.part].gpus;
        for (unsigned i = 0; i < gpus.size(); ++i) {
            watts[gpus[i]] =
                gpu(*share.job, share.part, i, share.job->elapsed(simulation.time())).watts;
        }
    }
    sink.family("nvidia_gpu_power_usage_milliwatts", "gauge",
                "Power usage of the GPU device in milliwatts");
    for (std::size_t i = 0; i < watts.size(); ++i) {
        const std::string number = std::to_string(i);
        sink.sample("minor_number=\"" + number + "\",name=\"" + std::string(kGpuType) +
                        "\",uuid=\"GPU-" + simulation.cluster().nodes[node].name + "-" + number +
                        '"',
                    std::round(watts[i] * 1000));
    }
}

}  // namespace portal::simulator
