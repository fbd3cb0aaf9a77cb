// Samples as sites have them: odd ones, several series of one thing, other names, other intervals.
// Each job of the file is a small world; the pages must say what is true in it.
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>
#include <map>
#include <memory>

#include "tests/integration/samples/job_world.h"

namespace {

using namespace portal;
using fakes::number_of;
using samples::JobWorld;
using samples::kBlank;
using samples::kGib;
using samples::kNan;

}  // namespace

using boost::test_tools::tolerance;

BOOST_FIXTURE_TEST_SUITE(samples, JobWorld)

BOOST_AUTO_TEST_CASE(an_ordinary_job) {
    cores(0.9);
    memory(4 * kGib);
    load();

    page();

    BOOST_TEST(number_of(verdict("cores").used) == 3.6, tolerance(1e-6));
    BOOST_TEST(number_of(verdict("memory").used) == 4 * kGib);
    BOOST_TEST(metrics.texts.size() <= 8U);
    BOOST_TEST(largest_in(graph("cpu")) == 0.9, tolerance(1e-3));
}

BOOST_AUTO_TEST_CASE(blank_numbers_of_a_gpu) {
    with_gpus(1);
    cores(0.9);
    memory(4 * kGib);
    gpu([](double t) { return t < 90 ? kBlank : 2; });
    gauge("slurm_job_pcie_gpu", ",gpu=\"0\",direction=\"TX\"",
          [](double t) { return t < 90 ? 9223372036854775792.0 : 5e6; });
    load();

    page();

    BOOST_TEST(number_of(verdict("gpu").used) == 0.02, tolerance(1e-6));
    BOOST_TEST((verdict("gpu").share.grade == views::Grade::Poor));
    BOOST_TEST(says("{0} measurements of its memory or GPUs were impossible"));
    BOOST_TEST(largest_in(graph("gpu_utilization")) <= 2.0);
    BOOST_TEST(largest_in(graph("gpu_pcie")) <= 5e6);
}

BOOST_AUTO_TEST_CASE(nothing_but_blank_numbers_is_no_data) {
    with_gpus(1);
    memory(4 * kGib);
    gpu([](double) { return kBlank; });
    load();

    page();

    BOOST_TEST(std::holds_alternative<NoData>(verdict("gpu").used));
    BOOST_TEST(!says("Its GPUs were busy"));
    BOOST_TEST(largest_in(graph("gpu_utilization")) == -1);
}

BOOST_AUTO_TEST_CASE(one_sample_that_is_no_number) {
    with_gpus(1);
    memory(4 * kGib);
    gpu([](double t) { return t == 3000 ? kNan : 60; });
    load();

    page();

    BOOST_TEST(number_of(verdict("gpu").used) == 0.6, tolerance(1e-6));
}

BOOST_AUTO_TEST_CASE(negative_and_infinite_samples) {
    with_gpus(1);
    gpu([](double t) { return t == 3000 ? -1 : t == 6000 ? INFINITY : 60; });
    for (const char* metric : {"max", "usage", "rss"}) {
        gauge("slurm_job_memory_" + std::string(metric), "", [](double t) {
            return t == 3000 ? 9.2e18 : t == 6000 ? INFINITY : 4 * kGib;
        });
    }
    load();

    page();

    BOOST_TEST(number_of(verdict("gpu").used) == 0.6, tolerance(1e-6));
    BOOST_TEST(number_of(verdict("memory").used) == 4 * kGib);
    BOOST_TEST(largest_in(graph("mem")) == 4 * kGib, tolerance(1e-3));
}

BOOST_AUTO_TEST_CASE(two_replicas_and_a_second_port) {
    for (const char* replica : {",prometheus_replica=\"a\"", ",prometheus_replica=\"b\""}) {
        cores(0.5, "nx1:9798", replica);
        memory(4 * kGib, "nx1:9798", replica);
    }
    cores(0.5, "NX1.cluster.example:9799");
    memory(4 * kGib, "NX1.cluster.example:9799");
    load();

    page();

    BOOST_TEST(number_of(verdict("cores").used) == 2.0, tolerance(1e-6));
    BOOST_TEST(number_of(verdict("memory").used) == 4 * kGib);
    BOOST_TEST(lines_of(graph("cpu")) == 4U);
}

BOOST_AUTO_TEST_CASE(an_account_that_cannot_be_read_for_a_while) {
    const TimeRange whole = world.range;
    for (const auto& [from, to, account] :
         {std::tuple{0, 3000, "def-a"}, {3030, 3600, "error"}, {3630, 7180, "def-a"}}) {
        for (int core = 0; core < 4; ++core) {
            written.add(
                "slurm_job_core_usage_total" +
                    world.labels(",core=\"" + std::to_string(core) + "\"", "nx1:9798", account),
                {whole.from + Seconds{from}, whole.from + Seconds{to}}, 30,
                [from = from](double t) { return (t + from) * 0.5e9; });
        }
        for (const char* metric : {"max", "usage", "rss"}) {
            written.add(
                "slurm_job_memory_" + std::string(metric) + world.labels("", "nx1:9798", account),
                {whole.from + Seconds{from}, whole.from + Seconds{to}}, 30,
                [](double) { return 4 * kGib; });
        }
    }
    load();

    page();

    BOOST_TEST(number_of(verdict("cores").used) == 2.0, tolerance(1e-6));
    BOOST_TEST(number_of(verdict("memory").used) == 4 * kGib);
    BOOST_TEST(largest_in(graph("cpu")) <= 0.51);
}

BOOST_AUTO_TEST_CASE(a_gpu_that_gets_another_number) {
    with_gpus(1);
    const TimeRange whole = world.range;
    world.range.to = whole.from + Seconds{3600};
    gpu([](double) { return 40; }, "0");
    world.range = {whole.from + Seconds{3600}, whole.to};
    gpu([](double) { return 60; }, "3");
    world.range = whole;
    memory(4 * kGib);
    load();

    page();

    BOOST_TEST(number_of(verdict("gpu").used) == 0.5, tolerance(0.01));
    BOOST_TEST(number_of(verdict("gpu_memory").used) == 10 * kGib);
    BOOST_TEST(number_of(verdict("gpu_memory").whole) == 40 * kGib);
}

BOOST_AUTO_TEST_CASE(a_gpu_that_slurm_does_not_count) {
    memory(4 * kGib);
    cores(0.9);
    gpu([](double) { return 5; });
    load();

    page();

    BOOST_TEST(number_of(verdict("gpu").used) == 0.05, tolerance(1e-6));
    BOOST_TEST(says("Slurm does not count GPUs of this job."));
    BOOST_TEST(largest_in(graph("gpu_utilization")) == 5.0, tolerance(1e-6));
}

BOOST_AUTO_TEST_CASE(no_counter_of_cores) {
    memory(4 * kGib);
    slurm.steps[1047] = {Seconds{25920}, {}};
    load();

    page();

    BOOST_TEST(number_of(verdict("cores").used) == 3.6, tolerance(1e-6));
    BOOST_TEST(!says("This job's nodes sent no measurements"));
    BOOST_TEST(says("The use of cores is not measured on this job's nodes."));
}

BOOST_AUTO_TEST_CASE(no_peak_of_memory) {
    cores(0.9);
    for (const char* metric : {"usage", "rss"}) {
        gauge("slurm_job_memory_" + std::string(metric), "",
              [](double t) { return t == 3000 ? 4 * kGib : kGib; });
    }
    load();

    page();

    BOOST_TEST(number_of(verdict("memory").used) == 4 * kGib);
}

BOOST_AUTO_TEST_CASE(counters_that_restart_or_leap) {
    for (int core = 0; core < 4; ++core) {
        written.add("slurm_job_core_usage_total" +
                        world.labels(",core=\"" + std::to_string(core) + "\"", "nx1:9798"),
                    world.sampled(), 30, [&](double t) {
                        if (core == 1 && t == 3000) return 0.0;
                        if (core == 2 && t == 3000) return 9.2e18;
                        if (core == 3 && t == 3000) return kNan;
                        return (t + 7) * 0.5e9;
                    });
    }
    memory(4 * kGib);
    load();

    page();

    BOOST_TEST(number_of(verdict("cores").used) == 2.0, tolerance(0.01));
}

BOOST_AUTO_TEST_CASE(a_counter_that_restarts_in_a_run_that_was_busy_at_first) {
    short_run(1800);
    for (int core = 0; core < 4; ++core) {
        written.add("slurm_job_core_usage_total" +
                        world.labels(",core=\"" + std::to_string(core) + "\"", "nx1:9798"),
                    world.sampled(), 30,
                    [](double t) { return t < 1200 ? std::min(t, 600.0) * 1e9 : 0; });
    }
    memory(4 * kGib);
    load();

    page();

    BOOST_TEST(number_of(verdict("cores").used) == 4 * 600 / 1800.0, tolerance(0.05));
}

BOOST_AUTO_TEST_CASE(short_runs_are_as_busy_as_they_were) {
    short_run(100);
    cores(0.9);
    memory(4 * kGib);
    load();

    page();

    BOOST_TEST(number_of(verdict("cores").used) == 3.6, tolerance(0.01));
    BOOST_TEST(largest_in(graph("cpu")) == 0.9, tolerance(0.01));
}

BOOST_AUTO_TEST_CASE(the_first_twentieth_and_the_end_are_missing) {
    world.range.from += Seconds{360};
    world.range.to -= Seconds{90};
    for (int core = 0; core < 4; ++core) {
        written.add("slurm_job_core_usage_total" +
                        world.labels(",core=\"" + std::to_string(core) + "\"", "nx1:9798"),
                    world.sampled(), 30, [&](double t) { return (t + 367) * 0.9e9; });
    }
    memory(4 * kGib);
    load();

    page();

    BOOST_TEST(number_of(verdict("cores").used) == 3.6, tolerance(0.005));
    BOOST_TEST(!verdict("cores").from_steps);
}

BOOST_AUTO_TEST_CASE(scraped_less_often_than_the_site_says) {
    world.every = 120;
    cores(0.9);
    memory(4 * kGib);
    load();

    page();
    const std::string cpu = graph("cpu");

    BOOST_TEST(number_of(verdict("cores").used) == 3.6, tolerance(1e-3));
    BOOST_TEST(lines_of(cpu) == 4U);
    BOOST_TEST(largest_in(cpu) == 0.9, tolerance(0.01));
}

BOOST_AUTO_TEST_CASE(power_of_a_node_beside_its_parts_under_another_spelling) {
    site.exporters.power.suffix = "-oob";
    cores_of_node("NX1.cluster.example:9100");
    for (const auto& [part, watts] : {std::pair{"Self", 500.0}, {"CPU", 300.0}, {"Memory", 80.0}}) {
        written.add(
            "redfish_chassis_power_average_consumed_watts{instance=\"nx1-OOB:9610\",chassis_id=\"" +
                std::string(part) + "\"}",
            world.sampled(), 60, [watts = watts](double t) {
                return t == 3000 ? 65535 : t == 6000 ? 0 : watts;
            });
    }
    cores(0.9);
    memory(4 * kGib);
    load();

    page();

    BOOST_TEST(number_of(job().verdicts.back().used) == 0.5, tolerance(0.01));
}

BOOST_AUTO_TEST_CASE(power_of_two_chassis_adds_up_where_the_site_says_so) {
    site.exporters.power.suffix = "-oob";
    site.exporters.power.meter = "chassis_id";
    cores_of_node("nx1:9100");
    for (const auto& [chassis, watts] : {std::pair{"1", 300.0}, {"2", 200.0}}) {
        for (const char* replica : {"a", "b"}) {
            written.add(
                "redfish_chassis_power_average_consumed_watts{instance=\"nx1-oob:9610\","
                "chassis_id=\"" +
                    std::string(chassis) + "\",replica=\"" + replica + "\"}",
                world.sampled(), 60, [watts = watts](double) { return watts; });
        }
    }
    cores(0.9);
    memory(4 * kGib);
    load();

    page();

    BOOST_TEST(number_of(job().verdicts.back().used) == 0.5, tolerance(0.01));
}

BOOST_AUTO_TEST_CASE(graphs_of_a_person_count_each_thing_once) {
    running();
    with_gpus(1);
    for (const char* name : {"nx1:9798", "nx1.cluster.example:9799"}) {
        cores(0.5, name);
        memory(4 * kGib, name);
        const std::string card = ",gpu=\"0\",gpu_type=\"A100\"";
        gauge(
            "slurm_job_utilization_gpu", card, [](double t) { return t == 300 ? -1 : 50; }, name);
        gauge(
            "slurm_job_power_gpu", card, [](double) { return 200'000.0; }, name);
    }
    load();
    const auto largest_used = [&](const std::string& slug) {
        const auto json = get("/secure/jobstats/alice/graph/" + slug + ".json", "delta=9000").body;
        const auto used = json.find("\"id\":\"used\"");
        BOOST_TEST_REQUIRE(used != json.npos, json.substr(0, 300));
        return largest_in(json.substr(used, json.find(']', used) - used + 1));
    };

    BOOST_TEST(largest_used("cpu") == 2.0, tolerance(0.01));
    BOOST_TEST(largest_used("mem") == 4 * kGib, tolerance(0.01));
    BOOST_TEST(largest_used("gpu_utilization") == 0.5, tolerance(0.01));
    BOOST_TEST(largest_used("gpu_power") == 200.0, tolerance(0.01));
}

BOOST_AUTO_TEST_CASE(many_cores_and_many_nodes_are_summed_once) {
    slurm.jobs[0].nodes.clear();
    for (int node = 0; node < 10; ++node)
        slurm.jobs[0].nodes.push_back("nx" + std::to_string(node));
    slurm.jobs[0].allocated.cores = slurm.jobs[0].requested.cores = 40;
    slurm.jobs[0].allocated.nodes = 10;
    for (int node = 0; node < 10; ++node) {
        for (const char* rest : {":9798", ".example:9799"}) {
            cores(0.5, "nx" + std::to_string(node) + rest);
            memory(kGib, "nx" + std::to_string(node) + rest);
        }
    }
    load();

    page();

    BOOST_TEST(number_of(verdict("cores").used) == 20.0, tolerance(1e-6));
    BOOST_TEST(number_of(verdict("memory").used) == 10 * kGib);
    // The total of all nodes comes first.
    BOOST_TEST(largest_in(graph("cpu")) == 20.0, tolerance(0.01));
    BOOST_TEST(largest_in(graph("mem")) == 10 * kGib, tolerance(0.01));
}

BOOST_AUTO_TEST_CASE(a_host_that_is_renamed_in_the_run) {
    const TimeRange whole = world.range;
    for (const auto& [name, from, to] :
         {std::tuple{"nx1:9798", 7, 3607}, {"NX1.new.example:9798", 3637, 7190}}) {
        const TimeRange part = {whole.from + Seconds{from}, whole.from + Seconds{to}};
        for (int core = 0; core < 4; ++core) {
            written.add("slurm_job_core_usage_total" +
                            world.labels(",core=\"" + std::to_string(core) + "\"", name),
                        part, 30, [from = from](double t) { return (t + from) * 0.5e9; });
        }
        for (const char* metric : {"max", "usage", "rss"}) {
            written.add("slurm_job_memory_" + std::string(metric) + world.labels("", name), part,
                        30, [](double) { return 4 * kGib; });
        }
    }
    load();

    page();

    BOOST_TEST(number_of(verdict("cores").used) == 2.0, tolerance(1e-6));
    BOOST_TEST(number_of(verdict("memory").used) == 4 * kGib);
    BOOST_TEST(lines_of(graph("cpu")) == 4U);
}

BOOST_AUTO_TEST_CASE(traffic_of_a_target_that_moved) {
    for (const char* served_by : {"oss1:9169", "oss2:9169"}) {
        written.add(
            "lustre_job_read_bytes_total{component=\"ost\",target=\"lustre03-OST0001\","
            "fs=\"lustre03\",jobid=\"47\",user=\"alice\",instance=\"" +
                std::string(served_by) + "\"}",
            world.sampled(), 60, [](double t) { return t * 1e6; });
    }
    load();

    BOOST_TEST(largest_in(graph("lustre_ost")) == 1e6, tolerance(0.01));
}

BOOST_AUTO_TEST_CASE(energy_of_a_short_job_with_a_gpu) {
    short_run(420);
    with_gpus(1);
    cores_of_node("nx1:9100");
    const TimeRange always = {world.range.from - Seconds{3600}, world.range.to + Seconds{3600}};
    written.add("redfish_chassis_power_average_consumed_watts{instance=\"nx1-oob:9610\"}", always,
                60, [](double) { return 900.0; });
    for (const char* uuid : {"GPU-a", "GPU-b"}) {
        written.add(
            "nvidia_gpu_power_usage_milliwatts{instance=\"nx1:9445\",minor_number=\"0\",uuid=\"" +
                std::string(uuid) + "\"}",
            always, 30, [](double) { return 100'000.0; });
    }
    world.late = 25;
    gpu([](double) { return 90; });
    memory(4 * kGib);
    load();

    page();

    // Half of what is not for GPUs, and its own: 350 + 100 W.
    BOOST_TEST(number_of(job().verdicts.back().used) == 0.45 * 420 / 3600, tolerance(0.01));
    BOOST_TEST(!says("Power was measured for only"));
}

BOOST_AUTO_TEST_CASE(a_running_job_with_a_gpu_that_slurm_does_not_count) {
    running();
    cores(0.5);
    memory(4 * kGib);
    gpu([](double) { return 25; });
    load();

    const Response response = get("/secure/jobstats/alice/");
    BOOST_TEST_REQUIRE(response.status == 200);
    const auto& shown = *views.last<views::UserPage>();

    BOOST_TEST(number_of(shown.now.gpus->share.value) == 0.25, tolerance(0.01));
    BOOST_TEST(number_of(shown.jobs[0].rows[0].gpu_share.value) == 0.25, tolerance(0.01));
}

BOOST_AUTO_TEST_CASE(lists_of_running_jobs) {
    running();
    with_gpus(1);
    for (const char* replica : {",prometheus_replica=\"a\"", ",prometheus_replica=\"b\""}) {
        cores(0.5, "nx1:9798", replica);
    }
    gauge("slurm_job_memory_usage", "", [](double t) { return t == 3000 ? 4 * kGib : kGib; });
    const double length = 3 * 3600;
    gpu([=](double t) { return t > length - 80 ? kBlank : 50; });
    load();

    const Response response = get("/secure/jobstats/alice/");
    BOOST_TEST_REQUIRE(response.status == 200);
    const auto& shown = *views.last<views::UserPage>();

    BOOST_TEST(number_of(shown.now.cores.used) == 2.0, tolerance(0.01));
    BOOST_TEST(number_of(shown.now.memory.used) == 4 * kGib);
    BOOST_TEST(number_of(shown.now.gpus->used) == 0.5, tolerance(0.01));
}

BOOST_AUTO_TEST_SUITE_END()
