#include "handlers/jobs/shares.h"

#include <boost/test/unit_test.hpp>

#include "tests/fakes/portal_fixture.h"

using namespace portal;
using views::Grade;

namespace {

struct Fixture : fakes::PortalFixture {
    slurm::Job job = finished_job(47);

    Fixture() {
        site.verdicts = usual_verdicts();
        site.gpus[0].cores = 12;
    }
    [[nodiscard]] Grade grade(std::string_view measure, double used, double had) const {
        return judged(measure, Reading{used}, had, job, site).grade;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(shares, Fixture)

BOOST_AUTO_TEST_CASE(time_is_judged_where_the_job_completed) {
    BOOST_TEST((grade("time", 1, 100) == Grade::Poor));
    for (const JobState state : {JobState::Failed, JobState::Cancelled, JobState::Preempted,
                                 JobState::NodeFail, JobState::Resized, JobState::Running}) {
        job.state = state;
        BOOST_TEST((grade("time", 1, 100) == Grade::Unknown));
    }
    job.state = JobState::Timeout;
    BOOST_TEST((grade("time", 100, 100) == Grade::Poor));
}

BOOST_AUTO_TEST_CASE(memory_that_ran_out_is_poor_everywhere) {
    BOOST_TEST((grade("memory", 100, 100) == Grade::Good));
    job.state = JobState::OutOfMemory;
    BOOST_TEST((grade("memory", 100, 100) == Grade::Poor));
    BOOST_TEST((memory_share(100.0, job, site).grade == Grade::Poor));
}

BOOST_AUTO_TEST_CASE(less_than_one_idle_core_is_not_judged) {
    BOOST_TEST((grade("cores", 0.1, 1) == Grade::Unknown));
    BOOST_TEST((grade("cores", 0.99, 1) == Grade::Good));
    BOOST_TEST((grade("cores", 0.5, 1.6) == Grade::Poor));
    BOOST_TEST((grade("cores", 2, 1) == Grade::Odd));
}

BOOST_AUTO_TEST_CASE(cores_that_come_with_gpus_are_not_judged) {
    job.allocated.gpus = {2, "a100"};
    BOOST_TEST((grade("cores", 1, 24) == Grade::Unknown));
    BOOST_TEST((grade("cores", 1, 25) == Grade::Poor));

    site.gpus[0].cores = 0;
    BOOST_TEST((grade("cores", 1, 25) == Grade::Unknown));
}

BOOST_AUTO_TEST_SUITE_END()
