#include "handlers/jobs/wait_sentence.h"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

#include "handlers/jobs/job_text.h"

namespace {

using namespace portal;
namespace data = boost::unit_test::data;

/// As `scontrol show job` names it, its number, and what the page says.
struct Case {
    std::string name;
    std::uint32_t number;
    std::string says;
};

std::ostream& operator<<(std::ostream& out, const Case& one) {
    return out << one.name;
}

slurm::Job waiting(std::uint32_t reason) {
    slurm::Job job;
    job.state = JobState::Pending;
    job.pending_reason = slurm::WaitReason{reason};
    return job;
}

const std::string kForNow = "A limit of the account or the cluster is holding it back for now.";
const std::string kNeverSo =
    "It requests more or less than its account, quality of service or partition allows, and will "
    "not start as it is.";
const std::string kClosed = "Its partition is closed at the moment.";

}  // namespace

BOOST_AUTO_TEST_SUITE(wait_sentence)

BOOST_DATA_TEST_CASE(
    each_reason_of_slurm_has_its_sentence,
    data::make(std::vector<Case>{
        {"None", 0, "Waiting for its turn."},
        {"Resources", 3, "Waiting for enough free resources."},
        {"PartitionDown", 6, kClosed},
        {"PartitionInactive", 7, kClosed},
        {"JobHeldAdmin", 8, "An administrator put it on hold."},
        {"Licenses", 10, "Waiting for a free license."},
        {"AssociationResourceLimit", 12, kForNow},
        {"Reservation", 14, "Waiting for its reservation."},
        {"ReqNodeNotAvail", 15, "Nodes it needs are unavailable, perhaps for maintenance."},
        {"JobHeldUser", 16, "You put this job on hold. To release it: scontrol release {0}"},
        {"NodeDown", 20, "Waiting for nodes that are down to come back."},
        {"BadConstraints", 21, "It will not start as it is: no node has what it requests."},
        {"InvalidAccount", 27, "It will not start as it is: its account may not be used there."},
        {"QOSNotAllowed", 37,
         "It will not start as it is: its quality of service may not be used there."},
        {"QOSMaxCpuPerJobLimit", 48, kNeverSo},
        {"QOSMaxCpuPerUserLimit", 52, kForNow},
        {"AssocGrpCpuLimit", 57, kForNow},
        {"AssocMaxGRESPerJob", 102, kNeverSo},
        {"QOSMaxGRESPerUser", 149, kForNow},
        {"QOSMinGRES", 151, kNeverSo},
        {"MaxCpuPerAccount", 169, kForNow},
        {"QOSMaxNodeMinutesPerJob", 142, kNeverSo},
        {"QOSMaxBillingMinutesPerJob", 195, kNeverSo},
        {"PartitionConfig", 178, "Its partition does not allow what it requests."},
        {"QOSMinBilling", 197, kNeverSo},
        {"a later release's", 199, "Slurm gives reason {0}, which this portal does not know."},
    })) {
    BOOST_TEST(portal::wait_sentence(waiting(sample.number)).id == sample.says);
}

BOOST_AUTO_TEST_CASE(memory_that_nobody_asked_for_is_never_told_as_zero) {
    slurm::Job job;
    job.state = JobState::OutOfMemory;
    BOOST_TEST(state_sentence(job).id == "It used more memory than it was given.");

    job.allocated.memory = Bytes{std::uint64_t{1} << 30U};
    BOOST_TEST(state_sentence(job).arguments.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_job_that_runs_waits_for_nothing) {
    slurm::Job job = waiting(8);
    job.state = JobState::Running;

    BOOST_TEST(portal::wait_sentence(job).id.empty());
}

BOOST_AUTO_TEST_SUITE_END()
