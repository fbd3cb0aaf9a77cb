#include "handlers/jobs/list_verdict.h"

#include <boost/test/unit_test.hpp>

#include "handlers/jobs/shares.h"
#include "tests/fakes/portal_fixture.h"

namespace {

using namespace portal;
using views::Grade;

constexpr std::uint64_t kGib = 1ULL << 30U;

struct VerdictFixture : fakes::PortalFixture {
    VerdictFixture() { site.verdicts = usual_verdicts(); }

    /// A completed job of so many cores and so much memory of which it used these shares.
    views::RowVerdict used(std::uint32_t cores, double of_cores, std::uint64_t gib,
                           double of_memory) const {
        slurm::Job job = finished_job(1);
        views::JobRow row;
        row.cores = cores;
        row.memory = {gib * kGib};
        row.cores_share = graded(of_cores, 1, site.verdicts.at("cores"));
        row.memory_share = graded(of_memory, 1, site.verdicts.at("memory"));
        return row_verdict(job, row);
    }

    views::RowVerdict with_gpus(std::uint32_t gpus, const Reading& share) const {
        views::JobRow row;
        row.cores = 12;
        row.gpus = gpus;
        row.cores_share = graded(0.1, 1, site.verdicts.at("cores"));
        row.gpu_share = graded(share, 1, site.verdicts.at("gpu"));
        return row_verdict(finished_job(1), row);
    }

    views::RowVerdict ended(JobState state, slurm::ExitCode code = {}) const {
        slurm::Job job = finished_job(1);
        job.state = state;
        job.exit_code = code;
        views::JobRow row;
        row.cores = 32;
        row.cores_share = graded(0.01, 1, site.verdicts.at("cores"));
        return row_verdict(job, row);
    }
};

bool says(const views::RowVerdict& verdict, const std::string& id, Grade grade) {
    return verdict.fact.id == id && verdict.grade == grade;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(list_verdict, VerdictFixture)

BOOST_AUTO_TEST_CASE(idle_cores_are_counted) {
    const views::RowVerdict verdict = used(32, 1.0 / 32, 16, 0.5);

    BOOST_TEST(says(verdict, "{0} of {1} cores idle", Grade::Poor));
    BOOST_TEST(verdict.fact.arguments.at(0).number == 31);
    BOOST_TEST(verdict.fact.arguments.at(1).number == 32);
    BOOST_TEST(is_wasteful(verdict));
}

BOOST_AUTO_TEST_CASE(the_worse_loss_is_told) {
    BOOST_TEST(says(used(32, 0.5, 64, 0.05), "memory {0}", Grade::Poor));
    BOOST_TEST(says(used(32, 0.5, 64, 0.2), "{0} of {1} cores idle", Grade::Fair));
    BOOST_TEST(says(used(32, 0.9, 64, 0.2), "memory {0}", Grade::Fair));
    BOOST_TEST(says(used(32, 0.9, 64, 0.9), "", Grade::Good));
}

BOOST_AUTO_TEST_CASE(less_than_a_core_or_its_memory_is_no_blame) {
    BOOST_TEST(!used(1, 0.1, 4, 0.5).says_something());
    BOOST_TEST(!used(2, 0.6, 4, 0.02).says_something());
    BOOST_TEST(says(used(1, 0.9, 4, 0.02), "", Grade::Good));
}

BOOST_AUTO_TEST_CASE(of_a_job_with_gpus_these_alone_are_judged) {
    BOOST_TEST(says(with_gpus(4, 0.88), "", Grade::Good));
    BOOST_TEST(says(with_gpus(2, 0.03), "GPUs {0}", Grade::Poor));
    BOOST_TEST(says(with_gpus(1, 0.0), "{0} GPU idle", Grade::Poor));
    BOOST_TEST(!with_gpus(1, NoData{}).says_something());
    BOOST_TEST(!with_gpus(1, Unavailable{SourceId::Prometheus}).says_something());
}

BOOST_AUTO_TEST_CASE(more_than_all_is_not_judged) {
    BOOST_TEST(!used(4, 1.5, 4, 0.5).says_something());
}

BOOST_AUTO_TEST_CASE(what_went_wrong_says_how_and_not_what_it_used) {
    BOOST_TEST(says(ended(JobState::Failed, {2, 0}), "exit code {0}", Grade::Unknown));
    BOOST_TEST(says(ended(JobState::Failed, {0, 9}), "signal {0}", Grade::Unknown));
    BOOST_TEST(!ended(JobState::Failed).says_something());
    BOOST_TEST(says(ended(JobState::OutOfMemory), "memory limit reached", Grade::Unknown));
    BOOST_TEST(says(ended(JobState::Timeout), "time limit reached", Grade::Unknown));
    BOOST_TEST(says(ended(JobState::NodeFail), "not your fault", Grade::Unknown));
    BOOST_TEST(!ended(JobState::Preempted).says_something());
    BOOST_TEST(is_wasteful(ended(JobState::Cancelled)), "who cancels it has used it, too");
}

BOOST_AUTO_TEST_SUITE_END()
