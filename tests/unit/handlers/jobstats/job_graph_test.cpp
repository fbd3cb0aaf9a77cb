#include <boost/test/unit_test.hpp>

#include "tests/fakes/portal_fixture.h"

namespace {

using namespace portal;
using fakes::header;

struct GraphFixture : fakes::PortalFixture {
    GraphFixture() { slurm.jobs = {finished_job(47)}; }

    Response graph(const std::string& slug, const std::string& query = "") {
        return get("/secure/jobstats/alice/47/graph/" + slug + ".json", query);
    }
    /// From now on Prometheus has one core's line for every question.
    void measure_cores() {
        metrics.otherwise = [](const std::string&, const prometheus::Grid& grid) {
            prometheus::SeriesSet set{.grid = grid, .series = {}, .warnings = {}};
            set.series = {{{{"core", "0"}}, std::vector<double>(grid.count, 1e9)}};
            return fakes::FakeMetrics::Answer(set);
        };
    }
    /// From now on Prometheus has a line of each device of one node, from two targets.
    void measure_devices(const std::vector<std::string>& devices,
                         const std::map<std::string, double>& rates = {}) {
        ++slurm.jobs[0].db_index;  // what is kept of another row says nothing of this one
        metrics.otherwise = [=](const std::string&, const prometheus::Grid& grid) {
            prometheus::SeriesSet set{.grid = grid, .series = {}, .warnings = {}};
            for (const char* target : {"nc10001:9100", "NC10001.cluster:9101"}) {
                for (const std::string& device : devices) {
                    const auto rate = rates.find(device);
                    set.series.push_back(
                        {{{"instance", target}, {"device", device}},
                         std::vector<double>(grid.count,
                                             rate == rates.end() ? 1e6 : rate->second)});
                }
            }
            return fakes::FakeMetrics::Answer(set);
        };
    }
    /// The devices of the received lines of a graph, in order.
    std::vector<std::string> devices_of(const std::string& slug) {
        const std::string body = graph(slug, "series=all").body;
        std::vector<std::string> devices;
        const std::string mark = R"("id":"received","labels":{"node":"nc10001","device":")";
        for (auto at = body.find(mark); at != std::string::npos; at = body.find(mark, at)) {
            at += mark.size();
            devices.push_back(body.substr(at, body.find('"', at) - at));
        }
        return devices;
    }
    [[nodiscard]] const std::string& last_question() const { return metrics.texts.back(); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(job_graph, GraphFixture)

BOOST_AUTO_TEST_CASE(a_few_cores_are_shown_one_by_one) {
    BOOST_TEST(graph("cpu").status == 200);

    BOOST_TEST(last_question().find("sum") == std::string::npos, last_question());
    BOOST_TEST(last_question().find("slurmjobid=\"47\"") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(many_cores_are_summed_by_node_unless_all_are_asked_for) {
    slurm.jobs[0].allocated.cores = 64;

    graph("cpu");
    BOOST_TEST(last_question().find("sum without (core)") != std::string::npos, last_question());

    graph("cpu", "series=all");
    BOOST_TEST(last_question().find("sum") == std::string::npos, last_question());
}

BOOST_AUTO_TEST_CASE(memory_of_many_nodes_is_told_by_node_of_one_kind_only) {
    slurm.jobs[0].nodes.assign(10, "nc10001");

    graph("mem");
    for (const std::string& text : metrics.texts) {
        const bool by_node = text.find("memory_usage") != std::string::npos;
        BOOST_TEST((text.rfind("sum", 0) != 0) == by_node, text);
    }

    metrics.texts.clear();
    graph("mem", "series=nodes");
    BOOST_TEST_REQUIRE(metrics.texts.size() == 1U);
    BOOST_TEST(metrics.texts[0].find("memory_usage") != std::string::npos, metrics.texts[0]);
}

BOOST_AUTO_TEST_CASE(what_was_allocated_is_the_limit_of_memory) {
    metrics.otherwise = [](const std::string& text, const prometheus::Grid& grid) {
        const double gib = text.find("_limit") != std::string::npos ? 16 : 4;
        prometheus::SeriesSet set{.grid = grid, .series = {}, .warnings = {}};
        set.series = {
            {{{"instance", "nc10001:9498"}}, std::vector<double>(grid.count, gib * 1073741824)}};
        return fakes::FakeMetrics::Answer(set);
    };

    const std::string summary = graph("mem").body;
    BOOST_TEST(
        summary.find("\"limit\":{\"id\":\"allocated\",\"value\":17179869184}") != std::string::npos,
        summary);
    BOOST_TEST(summary.find("memory_limit") == std::string::npos);
    BOOST_TEST(graph("mem", "series=all").body.find("memory_limit") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(only_graphs_of_nodes_are_listed_by_node) {
    BOOST_TEST(graph("lustre", "series=nodes").status == 400);
    BOOST_TEST(graph("cpu", "series=nodes").status == 200);
}

BOOST_AUTO_TEST_CASE(nothing_measured_is_an_empty_graph_and_not_an_error) {
    // Slurm counts no GPU of the job, which may have one all the same.
    BOOST_TEST(graph("gpu_power").body.find("\"series\":[]") != std::string::npos);
    BOOST_TEST(graph("mem").body.find("\"series\":[]") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(power_is_that_of_whole_cards) {
    (void)graph("gpu_power");
    BOOST_TEST(last_question().find(R"(gpu=~"([^M].*)?")") != std::string::npos, last_question());
    (void)graph("gpu_utilization");
    BOOST_TEST(last_question().find("gpu=~") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(ethernet_is_asked_without_devices_that_are_none) {
    measure_devices({"eno1"});
    (void)graph("ethernet_bdw");

    BOOST_TEST_REQUIRE(metrics.texts.size() == 2U);
    for (const std::string& text : metrics.texts) {
        BOOST_TEST(text.find("node_network_") != std::string::npos, text);
        BOOST_TEST(text.find("device!~\"lo|") != std::string::npos, text);
    }
}

BOOST_AUTO_TEST_CASE(what_ethernet_carries_counts_once) {
    // Bonds and VLANs carry what their devices do.
    measure_devices({"eno1", "eno2", "bond0", "bond0.120", "vlan7", "br0"});
    BOOST_TEST(devices_of("ethernet_bdw") == (std::vector<std::string>{"eno1", "eno2"}));

    // Where the exporter shows no devices, the next layer counts.
    measure_devices({"bond0", "bond0.120"});
    BOOST_TEST(devices_of("ethernet_bdw") == std::vector<std::string>{"bond0"});
    measure_devices({"eno1.120"});
    BOOST_TEST(devices_of("ethernet_bdw") == std::vector<std::string>{"eno1.120"});
    measure_devices({});
    BOOST_TEST(devices_of("ethernet_bdw").empty());
}

BOOST_AUTO_TEST_CASE(a_device_without_traffic_is_left_out_and_hides_no_bond) {
    measure_devices({"bond0", "eno3"}, {{"eno3", 0}});
    BOOST_TEST(devices_of("ethernet_bdw") == std::vector<std::string>{"bond0"});
}

BOOST_AUTO_TEST_CASE(gpus_without_a_type_in_slurm_have_the_limits_of_their_samples) {
    slurm.jobs[0].allocated.gpus = {1, ""};
    metrics.otherwise = [](const std::string&, const prometheus::Grid& grid) {
        prometheus::SeriesSet set{.grid = grid, .series = {}, .warnings = {}};
        set.series = {fakes::part("power", std::vector<double>(grid.count, 1e5),
                                  {{"gpu", "0"}, {"gpu_type", "NVIDIA A100-SXM4-40GB"}})};
        return fakes::FakeMetrics::Answer(set);
    };

    BOOST_TEST(graph("gpu_power").body.find("gpu_power_limit") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(prometheus_away_is_a_503_that_names_it) {
    metrics.otherwise = [](const std::string&, const prometheus::Grid&) {
        return fakes::FakeMetrics::Answer(SourceError{SourceId::Prometheus, Fault::Timeout, ""});
    };

    const Response response = graph("cpu");

    BOOST_TEST(response.status == 503);
    BOOST_TEST(response.body == "{\"error\":\"prometheus\"}");
}

BOOST_AUTO_TEST_CASE(a_known_graph_of_a_finished_job_is_not_asked_for_again) {
    if_none_match = header(graph("cpu"), "ETag");
    BOOST_TEST(!if_none_match.empty());
    metrics.texts.clear();

    const Response again = graph("cpu");

    BOOST_TEST(again.status == 304);
    BOOST_TEST(again.body.empty());
    BOOST_TEST(metrics.texts.empty());
}

BOOST_AUTO_TEST_CASE(a_graph_of_a_settled_job_is_asked_for_once_for_all_readers) {
    measure_cores();
    const Response first = graph("cpu");
    BOOST_TEST(!metrics.texts.empty());
    metrics.texts.clear();
    sign_in("boss", true);

    const Response again = graph("cpu");

    BOOST_TEST(again.status == 200);
    BOOST_TEST(again.body == first.body);
    BOOST_TEST(header(again, "ETag") == header(first, "ETag"));
    BOOST_TEST(metrics.texts.empty());
    sign_in("bob", false);
    BOOST_TEST(graph("cpu").status == 404);
}

BOOST_AUTO_TEST_CASE(a_graph_without_a_line_or_of_a_job_that_runs_is_asked_for_each_time) {
    BOOST_TEST(graph("cpu").status == 200);
    metrics.texts.clear();
    BOOST_TEST(graph("cpu").status == 200);
    BOOST_TEST(!metrics.texts.empty());

    measure_cores();
    slurm.jobs[0].ended.reset();
    slurm.jobs[0].state = JobState::Running;
    BOOST_TEST(graph("cpu").status == 200);
    metrics.texts.clear();
    BOOST_TEST(graph("cpu").status == 200);
    BOOST_TEST(!metrics.texts.empty());
}

BOOST_AUTO_TEST_CASE(another_configuration_is_another_etag) {
    const std::string before = header(graph("cpu"), "ETag");
    site.fingerprint = "other";

    BOOST_TEST(header(graph("cpu"), "ETag") != before);
}

BOOST_AUTO_TEST_CASE(a_page_that_follows_a_running_job_learns_how_old_the_newest_sample_is) {
    slurm.jobs[0].ended.reset();
    slurm.jobs[0].state = JobState::Running;
    metrics.otherwise = [&](const std::string& text, const prometheus::Grid& grid) {
        const bool age = text.find("timestamp(") != std::string::npos;
        const auto at = static_cast<double>(unix_seconds(clock.time)) - 12;
        prometheus::SeriesSet set{.grid = grid, .series = {}, .warnings = {}};
        set.series = {{{{"core", "0"}}, std::vector<double>(grid.count, age ? at : 1e9)}};
        return fakes::FakeMetrics::Answer(set);
    };
    const std::string newest = "\"newest\":" + std::to_string(unix_seconds(clock.time) - 12);

    BOOST_TEST(graph("cpu", "delta=600").body.find(newest) != std::string::npos);
    BOOST_TEST(graph("cpu").body.find("newest") == std::string::npos);
    slurm.jobs = {finished_job(47)};
    BOOST_TEST(graph("cpu", "delta=600").body.find("newest") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_very_long_job_stays_below_a_thousand_points) {
    slurm.jobs[0].started = clock.time - Seconds{80 * 86400};

    BOOST_TEST(graph("cpu").status == 200);

    BOOST_TEST(metrics.grids.back().count <= 1000U);
}

BOOST_AUTO_TEST_CASE(unknown_graphs_and_series_are_refused) {
    BOOST_TEST(graph("nothing").status == 404);
    BOOST_TEST(graph("cpu", "series=none").status == 400);
    BOOST_TEST(graph("cpu", "start=1&start=2").status == 400);
}

BOOST_AUTO_TEST_CASE(a_job_without_samples_says_why) {
    slurm.jobs[0].ended = *slurm.jobs[0].started + Seconds{20};

    BOOST_TEST(graph("cpu").body.find("\"id\":\"short_job\"") != std::string::npos);
    BOOST_TEST(metrics.texts.empty());
}

BOOST_AUTO_TEST_CASE(an_answer_with_a_notice_has_no_etag) {
    BOOST_TEST(!header(graph("cpu"), "ETag").empty());
    slurm.jobs[0].ended = *slurm.jobs[0].started + Seconds{20};

    BOOST_TEST(header(graph("cpu"), "ETag").empty());
}

BOOST_AUTO_TEST_SUITE_END()
