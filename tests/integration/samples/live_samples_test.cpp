// Lists of running jobs while some samples cannot be: what one sample costs is that sample.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <functional>

#include "tests/integration/samples/job_world.h"

namespace {

using namespace portal;
using fakes::number_of;
using samples::kGib;
using samples::kNan;

const auto kImpossible =
    boost::unit_test::data::make({kNan, double{INFINITY}, -double{INFINITY}, 0x1p63, -1.0});
constexpr double kLength = 3.0 * 3600;

/// A job that has run for three hours on four cores and 4 GiB, and is asked for now.
struct LiveWorld : samples::JobWorld {
    LiveWorld() {
        running();
        with_gpus(1);
    }

    /// Counters of the four cores; `odd` says what the first one reads instead.
    void counters(const std::function<double(double time, double good)>& odd) {
        for (int core = 0; core < 4; ++core) {
            written.add("slurm_job_core_usage_total" +
                            world.labels(",core=\"" + std::to_string(core) + "\"", "nx1:9798"),
                        world.sampled(), world.every, [&](double t) {
                            const double good = 0.5e9 * (t + world.late);
                            return core == 0 ? odd(t, good) : good;
                        });
        }
    }
    const views::UserPage& list() {
        BOOST_TEST_REQUIRE(get("/secure/jobstats/alice/").status == 200);
        return *views.last<views::UserPage>();
    }
};

/// True for the samples of the last so many seconds before the newest.
bool lately(double time, double seconds) {
    return time >= kLength - seconds;
}

}  // namespace

using boost::test_tools::tolerance;

BOOST_FIXTURE_TEST_SUITE(live_samples, LiveWorld)

BOOST_DATA_TEST_CASE(the_newest_sample_of_memory_or_a_gpu, kImpossible, odd) {
    counters([](double, double good) { return good; });
    for (const char* metric : {"max", "usage", "rss"}) {
        gauge("slurm_job_memory_" + std::string(metric), "",
              [&](double t) { return lately(t, 40) ? odd : 4 * kGib; });
    }
    gpu([&](double t) { return lately(t, 40) ? odd : 50; });
    load();

    const views::UserPage& shown = list();

    BOOST_TEST(number_of(shown.now.memory.used) == 4 * kGib);
    BOOST_TEST(number_of(shown.jobs[0].rows[0].memory_share.value) == 0.5, tolerance(1e-6));
    BOOST_TEST(number_of(shown.jobs[0].rows[0].gpu_share.value) == 0.5, tolerance(1e-6));
    BOOST_TEST(number_of(shown.now.cores.used) == 2.0, tolerance(1e-3));
}

BOOST_DATA_TEST_CASE(memory_without_a_peak_and_a_sample_that_cannot_be, kImpossible, odd) {
    gauge("slurm_job_memory_usage", "", [&](double t) {
        return lately(t, 40) || (t > 4000 && t < 4040) ? odd : t < 5400 ? 3 * kGib : kGib;
    });
    load();

    BOOST_TEST(number_of(list().now.memory.used) == 3 * kGib);
}

BOOST_DATA_TEST_CASE(one_sample_of_a_counter,
                     kImpossible* boost::unit_test::data::make({40.0, 130.0, 250.0}), odd, ago) {
    counters(
        [&](double t, double good) { return lately(t, ago) && !lately(t, ago - 30) ? odd : good; });
    load();

    const views::UserPage& shown = list();

    BOOST_TEST(number_of(shown.now.cores.used) == 2.0, tolerance(0.03));
    BOOST_TEST(number_of(shown.jobs[0].rows[0].cores_share.value) == 0.5, tolerance(0.03));
}

BOOST_DATA_TEST_CASE(a_counter_that_began_anew, boost::unit_test::data::make({40.0, 130.0, 250.0}),
                     ago) {
    counters([&](double t, double good) {
        return lately(t, ago) ? 0.5e9 * (t - (kLength - ago)) : good;
    });
    load();

    BOOST_TEST(number_of(list().now.cores.used) == 2.0, tolerance(0.05));
}

BOOST_AUTO_TEST_CASE(all_counters_began_anew) {
    for (int core = 0; core < 4; ++core) {
        written.add("slurm_job_core_usage_total" +
                        world.labels(",core=\"" + std::to_string(core) + "\"", "nx1:9798"),
                    world.sampled(), world.every,
                    [&](double t) { return 0.5e9 * (lately(t, 100) ? t - (kLength - 100) : t); });
    }
    load();

    // But for what no scrape saw: up to 30 of the 300 s that are looked at.
    BOOST_TEST(number_of(list().now.cores.used) == 2.0, tolerance(0.1));
}

BOOST_AUTO_TEST_CASE(one_of_two_nodes_knows_no_peak) {
    slurm.jobs[0].nodes = {"nx1", "nx2"};
    slurm.jobs[0].allocated.nodes = 2;
    memory(kGib);
    gauge(
        "slurm_job_memory_usage", "", [](double t) { return t < 5400 ? 3 * kGib : 2 * kGib; },
        "nx2:9798");
    load();

    BOOST_TEST(number_of(list().now.memory.used) == 4 * kGib);
    const std::string graph = get("/secure/jobstats/alice/graph/mem.json").body;
    const auto peaks = graph.substr(graph.find("\"memory_max\""));
    BOOST_TEST(largest_in(peaks.substr(0, peaks.find(']') + 1)) >= 3 * kGib);
    page();
    BOOST_TEST(number_of(verdict("memory").used) == 4 * kGib);
}

BOOST_AUTO_TEST_CASE(an_earlier_attempt_without_a_peak_is_none_of_this_one) {
    slurm.jobs[0].started = *slurm.jobs[0].started + Seconds{3600};
    slurm.jobs[0].submitted = *slurm.jobs[0].started - Seconds{60};
    gauge("slurm_job_memory_usage", "", [](double t) { return t < 3300 ? 7 * kGib : 2 * kGib; });
    load();

    BOOST_TEST(number_of(list().now.memory.used) == 2 * kGib);
    page();
    BOOST_TEST(number_of(verdict("memory").used) == 2 * kGib);
}

BOOST_AUTO_TEST_CASE(a_good_job_is_asked_for_once) {
    counters([](double, double good) { return good; });
    memory(4 * kGib);
    gpu([](double) { return 50; });
    load();
    metrics.texts.clear();

    list();

    std::size_t about_cores = 0;
    for (const std::string& text : metrics.texts) {
        about_cores += text.find("slurm_job_core_usage_total") != text.npos ? 1 : 0;
    }
    BOOST_TEST(about_cores == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
