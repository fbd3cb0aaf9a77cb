#include <boost/test/unit_test.hpp>

#include "tests/fakes/portal_fixture.h"

namespace {

using namespace portal;
using fakes::header;

struct UserGraphFixture : fakes::PortalFixture {
    Response graph(const std::string& slug, const std::string& query = "") {
        return get("/secure/jobstats/alice/graph/" + slug + ".json", query);
    }
    slurm::Job running(std::uint32_t gpus) const {
        slurm::Job job = finished_job(1);
        job.state = JobState::Running;
        job.ended.reset();
        job.allocated.gpus = {gpus, "a100"};
        return job;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(user_graph, UserGraphFixture)

BOOST_AUTO_TEST_CASE(allocated_comes_from_slurm_even_where_nothing_was_scraped) {
    slurm.jobs = {running(0)};

    const Response response = graph("cpu", "delta=600");

    BOOST_TEST(response.body.find("\"id\":\"allocated\",\"labels\":{},\"values\":[4,4,") !=
                   std::string::npos,
               response.body);
}

BOOST_AUTO_TEST_CASE(jobs_that_follow_each_other_are_held_for_the_time_they_ran) {
    graph("cpu", "delta=86400");
    const prometheus::Grid grid = metrics.grids.back();
    slurm::Job job = running(0);
    job.state = JobState::Completed;
    job.started = grid.at(3) - grid.step / 2;
    job.submitted = *job.started;
    job.ended = grid.at(3) - grid.step / 4;
    slurm.jobs = {job};

    const Response response = graph("cpu", "delta=86400");

    BOOST_TEST(response.body.find("\"labels\":{},\"values\":[0,0,0,1,0,") != std::string::npos,
               response.body);
}

BOOST_AUTO_TEST_CASE(a_job_that_was_resized_counts_with_each_size_while_it_had_it) {
    graph("cpu", "delta=86400");
    const prometheus::Grid grid = metrics.grids.back();
    slurm::Job before = running(0);
    before.state = JobState::Resized;
    before.started = before.submitted = grid.start - grid.step;
    before.ended = grid.at(2);
    slurm::Job after = running(0);
    after.allocated.cores = 2;
    after.started = before.started;
    after.submitted = grid.at(2);
    slurm.jobs = {before, after};

    const Response response = graph("cpu", "delta=86400");

    BOOST_TEST(response.body.find("\"labels\":{},\"values\":[4,4,4,2,2,") != std::string::npos,
               response.body);
}

BOOST_AUTO_TEST_CASE(more_jobs_than_a_page_of_slurm_are_added_up) {
    for (std::uint32_t i = 0; i < 2500; ++i) {
        slurm::Job task = finished_job(5000 - i);
        task.allocated.cores = 1;
        task.submitted = clock.time - Seconds{3600};
        task.started = task.submitted;
        task.ended = clock.time - Seconds{1};
        slurm.jobs.push_back(task);
    }

    const Response response = graph("cpu", "delta=600");

    BOOST_TEST(response.body.find("\"values\":[2500,2500,") != std::string::npos, response.body);
}

BOOST_AUTO_TEST_CASE(a_gpu_of_an_unknown_model_is_a_gap_and_is_named) {
    slurm::Job job = running(1);
    job.allocated.gpus = {1, ""};
    slurm.jobs = {job};

    const Response response = graph("gpu_power", "delta=600");

    BOOST_TEST(response.body.find("\"gpu_type_unknown\"") != std::string::npos, response.body);
    BOOST_TEST(response.body.find("\"values\":[0,0") == std::string::npos, response.body);
}

BOOST_AUTO_TEST_CASE(gauges_are_held_not_averaged_over_the_samples_there_are) {
    graph("mem", "delta=604800");

    BOOST_TEST(metrics.texts.back().find("avg_over_time") == std::string::npos);
    BOOST_TEST(
        metrics.texts.back().find("sum_over_time((max by (slurmjobid,node) (") != std::string::npos,
        metrics.texts.back());
}

BOOST_AUTO_TEST_CASE(idle_gpus_are_drawn_and_no_gpus_are_not) {
    slurm.jobs = {running(2)};
    BOOST_TEST(graph("gpu").body.find("\"id\":\"allocated\"") != std::string::npos);

    slurm.jobs = {running(0)};
    BOOST_TEST(graph("gpu").body.find("\"id\":\"allocated\"") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(slurm_away_leaves_what_is_used_and_is_named) {
    slurm.away = SourceError{SourceId::Slurm, Fault::Timeout, ""};

    const Response response = graph("cpu");

    BOOST_TEST(response.status == 200);
    BOOST_TEST(response.body.find("\"source_missing\",\"args\":{\"source\":\"slurm\"}") !=
                   std::string::npos,
               response.body);
    BOOST_TEST(header(response, "Cache-Control") == "private, no-cache");
}

BOOST_AUTO_TEST_CASE(six_hours_are_shown_unless_a_range_is_asked_for) {
    graph("cpu");
    const auto six = metrics.grids.back();
    graph("cpu", "delta=86400");
    const auto day = metrics.grids.back();

    BOOST_TEST((six.last() - six.start <= Seconds{6 * 3600}));
    BOOST_TEST((day.last() - day.start > Seconds{23 * 3600}));
}

BOOST_AUTO_TEST_CASE(a_login_is_a_label_value_and_never_part_of_the_query) {
    graph("lustre");

    BOOST_TEST(metrics.texts.back().find("user=\"alice\"") != std::string::npos);
    BOOST_TEST(metrics.texts.back().find("user=~") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(whoever_has_several_logins_has_the_traffic_of_all) {
    directory.people[0].logins = {"alice", "a.smith"};

    for (const char* slug : {"cpu", "lustre"}) {
        graph(slug);
        BOOST_TEST(metrics.texts.back().find(R"(user=~"alice|a\\.smith")") != std::string::npos,
                   metrics.texts.back());
    }
}

BOOST_AUTO_TEST_SUITE_END()
