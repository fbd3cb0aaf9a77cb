#pragma once

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <functional>
#include <limits>
#include <memory>
#include <string>

#include "fcgi/base/text.h"
#include "tests/fakes/job_page_fixture.h"
#include "tests/integration/samples/prometheus_server.h"

namespace portal::samples {

inline constexpr double kGib = 1024.0 * 1024 * 1024;
inline constexpr double kBlank = 14073748835532800.0;
inline constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

/// One job in the samples.
struct World {
    std::string job;
    TimeRange range;
    int every = 30;
    int late = 7;  ///< seconds from the start of the run to the first sample

    [[nodiscard]] std::string labels(const std::string& more, const std::string& instance,
                                     const std::string& account = "def-a") const {
        return "{instance=\"" + instance + "\",user=\"alice\",account=\"" + account +
               "\",slurmjobid=\"" + job + "\"" + more + "}";
    }
    [[nodiscard]] TimeRange sampled() const { return {range.from + Seconds{late}, range.to}; }
};

struct JobWorld : fakes::JobPageFixture {
    JobWorld() {
        slurm.jobs[0].nodes = {"nx1"};
        slurm.jobs[0].requested = {4, {std::uint64_t{8} << 30U}, 1, {}};
        slurm.jobs[0].allocated = slurm.jobs[0].requested;
        world.range = {*slurm.jobs[0].started, *slurm.jobs[0].ended};
        world.job = "47";
    }

    /// The cores of the job, each busy to a share.
    void cores(double share, const std::string& instance = "nx1:9798", const std::string& more = "",
               const std::string& account = "def-a") {
        for (int core = 0; core < 4; ++core) {
            const std::string labels = ",core=\"" + std::to_string(core) + "\"" + more;
            written.add("slurm_job_core_usage_total" + world.labels(labels, instance, account),
                        world.sampled(), world.every,
                        [&](double t) { return (t + world.late) * share * 1e9; });
        }
    }
    void memory(double bytes, const std::string& instance = "nx1:9798",
                const std::string& more = "", const std::string& account = "def-a") {
        for (const char* metric : {"max", "usage", "rss"}) {
            gauge(
                "slurm_job_memory_" + std::string(metric), more, [=](double) { return bytes; },
                instance, account);
        }
    }
    void gauge(const std::string& metric, const std::string& more,
               const std::function<double(double)>& value, const std::string& instance = "nx1:9798",
               const std::string& account = "def-a") {
        written.add(metric + world.labels(more, instance, account), world.sampled(), world.every,
                    value);
    }
    void gpu(const std::function<double(double)>& cycles, const std::string& number = "0") {
        const std::string card = ",gpu=\"" + number + "\",gpu_type=\"NVIDIA A100-SXM4-40GB\"";
        gauge("slurm_job_utilization_gpu", card, cycles);
        gauge("slurm_job_memory_usage_gpu", card, [](double) { return 10 * kGib; });
        gauge("slurm_job_memory_total_gpu", card, [](double) { return 40 * kGib; });
        gauge("slurm_job_power_gpu", card, [](double) { return 100'000.0; });
    }
    /// Its node has 8.
    void cores_of_node(const std::string& instance) {
        for (int cpu = 0; cpu < 8; ++cpu) {
            written.add("node_cpu_seconds_total{instance=\"" + instance +
                            "\",mode=\"idle\",cpu=\"" + std::to_string(cpu) + "\"}",
                        world.sampled(), 30, [](double t) { return t / 10; });
        }
    }
    void with_gpus(std::uint32_t count) {
        slurm.jobs[0].allocated.gpus = slurm.jobs[0].requested.gpus = {count, "a100"};
    }
    void short_run(int seconds) {
        slurm.jobs[0].started = *slurm.jobs[0].ended - Seconds{seconds};
        slurm.jobs[0].submitted = *slurm.jobs[0].started - Seconds{60};
        world.range.from = *slurm.jobs[0].started;
    }
    void running() {
        slurm.jobs[0].ended.reset();
        slurm.jobs[0].state = JobState::Running;
        world.range.to = clock.time;
    }

    /// Loads the samples and asks them from now on.
    void load() {
        server = std::make_unique<PrometheusServer>(written);
        metrics.otherwise = [this](const std::string& text, const prometheus::Grid& grid) {
            return server->ask(text, grid);
        };
    }

    /// All values of the lines of a graph, as its JSON has them.
    std::string graph(const std::string& slug) {
        const Response response = get("/secure/jobstats/alice/47/graph/" + slug + ".json");
        BOOST_TEST_REQUIRE(response.status == 200);
        return response.body;
    }
    static std::size_t lines_of(const std::string& json) {
        std::size_t count = 0;
        for (auto at = json.find("\"values\""); at != json.npos;
             at = json.find("\"values\"", at + 1)) {
            ++count;
        }
        return count;
    }
    /// The largest value of a graph's lines.
    static double largest_in(const std::string& json) {
        double most = -1;
        for (auto at = json.find("\"values\""); at != json.npos;
             at = json.find("\"values\"", at + 1)) {
            const auto from = json.find('[', at) + 1;
            const auto list = json.substr(from, json.find(']', from) - from);
            for (const std::string& one : text::split_list(list, ',')) {
                if (one != "null" && !one.empty()) most = std::max(most, std::stod(one));
            }
        }
        return most;
    }

    World world;
    Samples written;
    std::unique_ptr<PrometheusServer> server;
};

}  // namespace portal::samples
