// Where a running job is going: memory that will be full, GPUs that went quiet.
#include "handlers/jobstats/pace/pace.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <functional>
#include <random>

#include "tests/fakes/portal_fixture.h"

using namespace portal;
using namespace portal::jobstats;

namespace {

constexpr double kStep = 450;
constexpr double kMost = 64 * kGibibyte;

/// Memory of 48 looks at a job: a share of what it has at each share of the time.
std::vector<double> curve(const std::function<double(double)>& share) {
    std::vector<double> values;
    for (int i = 0; i < 48; ++i) values.push_back(kMost * share(i / 47.0));
    return values;
}

std::optional<double> until_full(const std::function<double(double)>& share) {
    return time_until_full(curve(share), kStep, kMost);
}

struct PaceFixture : fakes::PortalFixture {
    Context context{site,    clock,   slurm,     metrics, directory, storage,
                    answers, settled, portal_db, views,   watched};

    Pace of_memory(Seconds limit) {
        slurm::Job job = finished_job(47);
        job.state = JobState::Running;
        job.ended.reset();
        job.started = job.submitted = clock.time - 6 * kHour;
        job.time_limit = limit;
        job.allocated.memory = {std::uint64_t{64} << 30U};
        const JobRun run = run_of(job, site, clock.time);
        metrics.answers.insert_or_assign(
            "slurm_job_memory_rss",
            prometheus::SeriesSet{
                {}, {fakes::part("", curve([](double t) { return 0.1 + 0.6 * t; }), {})}, {}});
        return collect_pace(ask_pace(run, context).value(), run, context);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(pace, PaceFixture)

BOOST_AUTO_TEST_CASE(a_leak_has_its_moment) {
    const auto left = until_full([](double t) { return 0.2 + 0.4 * t; });
    BOOST_TEST(left.value() == 47 * kStep, boost::test_tools::tolerance(1e-6));
    std::mt19937 random(7);  // NOLINT(cert-msc51-cpp): the same numbers each time
    std::uniform_real_distribution<double> noise(-0.002, 0.002);
    const auto rough = until_full([&](double t) { return 0.2 + 0.4 * t + noise(random); });
    BOOST_TEST(rough.value() == 47 * kStep, boost::test_tools::tolerance(0.1));
    BOOST_TEST(until_full([](double t) { return 0.1 + 0.5 * t * t; }).has_value(), "ever faster");
}

BOOST_AUTO_TEST_CASE(nothing_else_is_a_leak) {
    const std::vector<std::pair<const char*, std::function<double(double)>>> curves = {
        {"flat", [](double) { return 0.9; }},
        {"a step", [](double t) { return t < 0.6 ? 0.2 : 0.9; }},
        {"two steps", [](double t) { return t < 0.4   ? 0.1
                                            : t < 0.7 ? 0.4
                                                      : 0.8; }},
        {"a sawtooth", [](double t) { return 0.3 + 0.5 * std::fmod(t * 5, 1); }},
        {"a warm-up", [](double t) { return 0.8 * (1 - std::exp(-6 * t)); }},
        {"a slow warm-up", [](double t) { return 0.8 * (1 - std::exp(-2.5 * t)); }},
        {"a load at the start", [](double t) { return std::min(0.7, 4 * t); }},
        {"growth that ended", [](double t) { return std::min(0.5, 0.7 * t); }},
        {"a little growth", [](double t) { return 0.5 + 0.04 * t; }},
        {"shrinking", [](double t) { return 0.9 - 0.5 * t; }},
        {"already full", [](double t) { return 0.5 + 0.6 * t; }}};
    for (const auto& [name, share] : curves) BOOST_TEST(!until_full(share).has_value(), name);
}

BOOST_AUTO_TEST_CASE(few_looks_and_gaps_at_the_end_say_nothing) {
    std::vector<double> values = curve([](double t) { return 0.2 + 0.4 * t; });
    values.back() = std::nan("");
    BOOST_TEST(!time_until_full(values, kStep, kMost).has_value());
    BOOST_TEST(!time_until_full({}, kStep, kMost).has_value());
    values.assign(12, 1.0);
    BOOST_TEST(!time_until_full(values, kStep, kMost).has_value());
}

BOOST_AUTO_TEST_CASE(only_memory_that_is_full_before_the_time_limit_counts) {
    // 0.3 of it are left, at 0.1 an hour.
    BOOST_TEST(of_memory(10 * kHour).memory_full_in.value() == 3 * 3600.0,
               boost::test_tools::tolerance(0.03));
    BOOST_TEST(!of_memory(8 * kHour).memory_full_in.has_value());
}

BOOST_AUTO_TEST_CASE(a_job_that_is_over_or_young_is_not_asked_about) {
    const JobRun over = run_of(finished_job(47), site, clock.time);
    BOOST_TEST(!ask_pace(over, context).has_value());
    BOOST_TEST(metrics.texts.empty());
}

BOOST_AUTO_TEST_SUITE_END()
