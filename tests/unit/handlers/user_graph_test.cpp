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
        job.state = slurm::JobState::Running;
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

BOOST_AUTO_TEST_SUITE_END()
