#include <boost/test/unit_test.hpp>

#include "tests/fakes/portal_fixture.h"

namespace {

using namespace portal;

/// Jobs of alice's, each begun when the one before it was over.
struct ChainFixture : fakes::PortalFixture {
    slurm::Job& add(std::uint32_t id, JobState state, const std::string& dependency = "") {
        slurm::Job job = finished_job(id);
        job.state = state;
        job.submit_line = "sbatch --dependency=" + dependency + " a.sh";
        job.submitted = clock.time - Seconds{100'000 - 1000 * id};
        job.started = job.submitted;
        job.ended = job.submitted + Seconds{500};
        if (state == JobState::Running || state == JobState::Pending) job.ended.reset();
        if (state == JobState::Pending) {
            job.started.reset();
            job.pending_reason = slurm::WaitReason::Dependency;
        }
        slurm.jobs.insert(slurm.jobs.begin(), job);
        return slurm.jobs.front();
    }
    const views::JobPage& page(std::uint32_t id) {
        const auto path = "/secure/jobstats/alice/" + std::to_string(id) + "/";
        BOOST_TEST_REQUIRE(get(path).status == 200);
        return *views.last<views::JobPage>();
    }
    /// Numbers of each stage, `*` after those that block.
    std::string chain(std::uint32_t id) {
        std::string said;
        for (const auto& stage : page(id).chain.stages) {
            said += said.empty() ? "" : " > ";
            for (const views::ChainJob& job : stage) {
                said += (&job == &stage.front() ? "" : " ") + job.number + (job.blocks ? "*" : "");
            }
        }
        return said;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(chain, ChainFixture)

BOOST_AUTO_TEST_CASE(a_job_of_no_chain_stands_alone) {
    add(1, JobState::Completed);

    BOOST_TEST(chain(1) == "1");
    BOOST_TEST(page(1).waits_for.empty());
}

BOOST_AUTO_TEST_CASE(each_job_shows_the_whole_chain_and_what_blocks_it) {
    add(1, JobState::Completed);
    add(2, JobState::Running, "afterok:1");
    add(3, JobState::Pending, "afterok:2");
    add(4, JobState::Pending, "afterany:3");

    for (const std::uint32_t id : {1U, 2U, 3U, 4U}) BOOST_TEST(chain(id) == "1 > 2* > 3* > 4", id);
    BOOST_TEST_REQUIRE(page(3).waits_for.size() == 1U);
    BOOST_TEST(page(3).waits_for[0].number == "2");
    BOOST_TEST(page(3).waits_for[0].link == "/secure/jobstats/alice/2/");
    BOOST_TEST(page(2).waits_for.empty());
}

BOOST_AUTO_TEST_CASE(jobs_that_wait_for_several_stand_after_all_of_them) {
    add(1, JobState::Completed);
    add(2, JobState::Failed, "afterany:1");
    add(3, JobState::Pending, "afterok:1:2");

    BOOST_TEST(chain(3) == "1 > 2* > 3");
}

BOOST_AUTO_TEST_CASE(jobs_of_others_and_circles_are_ignored) {
    add(1, JobState::Completed).owner = {1002};
    add(2, JobState::Pending, "afterok:1:99");
    BOOST_TEST(chain(2) == "2");
    add(3, JobState::Pending, "afterok:4:3");
    add(4, JobState::Pending, "afterok:3");
    BOOST_TEST(page(3).chain.stages.size() <= 2U);
    BOOST_TEST(page(4).chain.stages.size() <= 2U);
}

BOOST_AUTO_TEST_CASE(an_array_is_one_link_of_the_chain) {
    for (const std::uint32_t index : {1U, 2U}) {
        slurm::Job& task = add(40 + index, index == 1 ? JobState::Completed : JobState::Running);
        task.array = JobId{42};
        task.array_task = index;
    }
    add(50, JobState::Pending, "afterok:42");

    BOOST_TEST(chain(50) == "42* > 50");
    BOOST_TEST(page(50).waits_for[0].link == "/secure/jobstats/alice/array/42/");
    BOOST_TEST((page(50).waits_for[0].state == JobState::Running));
}

BOOST_AUTO_TEST_CASE(a_number_means_the_job_that_had_it_when_it_was_named) {
    add(1, JobState::Failed);
    add(2, JobState::Completed, "afterany:1");
    slurm::Job& again = add(1, JobState::Running);
    again.db_index = 9001;
    again.submitted = again.submitted + Seconds{50'000};
    again.started = again.submitted;
    slurm::Job& waiting = add(60, JobState::Pending, "afterok:1");
    BOOST_TEST((waiting.submitted > slurm.jobs[1].submitted));

    BOOST_TEST(page(2).chain.stages.size() == 2U);
    BOOST_TEST((page(2).chain.stages[0][0].state == JobState::Failed));
    BOOST_TEST(page(2).chain.stages[0][0].link == "/secure/jobstats/alice/1/?attempt=1001");
    BOOST_TEST(chain(1) == "1* > 60");
    get("/secure/jobstats/alice/1/", "attempt=1001");
    BOOST_TEST(views.last<views::JobPage>()->chain.stages.size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_long_chain_is_cut_and_says_so) {
    add(1, JobState::Completed);
    for (std::uint32_t id = 2; id <= 40; ++id) {
        add(id, JobState::Pending, "afterok:" + std::to_string(id - 1));
    }

    BOOST_TEST(page(40).chain.cut);
    BOOST_TEST(page(40).chain.stages.size() <= 20U);
}

BOOST_AUTO_TEST_SUITE_END()
