#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include "handlers/jobs/job_text.h"

namespace portal {
namespace {

using views::sentence;

/// Slurm's reasons of which the accounting keeps the number (enum job_state_reason; the numbers are
/// the same in all supported releases).
enum Reason : std::uint32_t {
    kNone = 0,
    kPriority = 1,
    kDependency = 2,
    kResources = 3,
    kPartitionNodeLimit = 4,
    kPartitionTimeLimit = 5,
    kPartitionDown = 6,
    kPartitionInactive = 7,
    kJobHeldAdmin = 8,
    kBeginTime = 9,
    kLicenses = 10,
    kReservation = 14,
    kReqNodeNotAvail = 15,
    kJobHeldUser = 16,
    kFrontEndDown = 17,
    kFailDownPartition = 19,
    kNodeDown = 20,
    kBadConstraints = 21,
    kInvalidAccount = 27,
    kInvalidQos = 28,
    kQosNotAllowed = 37,
    kAccountNotAllowed = 38,
    kDependencyNeverSatisfied = 39,
    kJobHoldMaxRequeue = 71,
    kJobArrayTaskLimit = 72,
    kBurstBufferResources = 73,
    kBurstBufferStageIn = 74,
    kPartitionConfig = 178,
    kReservationDeleted = 198,
};

constexpr std::uint32_t kLastKnown = kReservationDeleted;

/// Limits on what a single job asks for, or asks for on a node, and least sizes: to wait does not
/// help. In order.
constexpr std::array<std::uint32_t, 46> kLimitsOfOneJob = {
    48,  49,  50,  51,  56,  66,  67,  68,  69,  81,  82,  83,  84,  87,  88,  89,
    92,  96,  97,  98,  102, 103, 104, 108, 109, 113, 114, 115, 119, 120, 122, 123,
    124, 127, 128, 129, 131, 135, 136, 138, 139, 143, 147, 148, 150, 151};
constexpr std::array<std::uint32_t, 14> kMoreLimitsOfOneJob = {155, 157, 158, 162, 163, 165, 166,
                                                               182, 186, 187, 188, 192, 193, 197};

bool is_limit_of_one_job(std::uint32_t reason) {
    const auto has = [&](const auto& all) {
        return std::binary_search(all.begin(), all.end(), reason);
    };
    return has(kLimitsOfOneJob) || has(kMoreLimitsOfOneJob);
}

views::Sentence limit_sentence(std::uint32_t reason) {
    if (reason > kLastKnown) {
        return sentence("Slurm gives reason {0}, which this portal does not know.",
                        {views::number_argument(reason)});
    }
    if (is_limit_of_one_job(reason)) {
        return sentence(
            "It requests more or less than its account, quality of service or partition allows, "
            "and will not start as it is.");
    }
    return sentence("A limit of the account or the cluster is holding it back for now.");
}

/// What Slurm, a person or a machine must do first.
views::Sentence held_sentence(const slurm::Job& job) {
    switch (job.pending_reason) {
        case kPartitionDown:
        case kPartitionInactive:
        case kFailDownPartition:
            return sentence("Its partition is closed at the moment.");
        case kJobHeldAdmin:
            return sentence("An administrator put it on hold.");
        case kJobHeldUser:
            return sentence("You put this job on hold. To release it: scontrol release {0}",
                            {views::text_argument(std::to_string(job.id.value))});
        case kJobHoldMaxRequeue:
            return sentence("Slurm put it on hold: it was requeued too often.");
        case kReservation:
            return sentence("Waiting for its reservation.");
        case kReqNodeNotAvail:
            return sentence("Nodes it needs are unavailable, perhaps for maintenance.");
        case kFrontEndDown:
        case kNodeDown:
            return sentence("Waiting for nodes that are down to come back.");
        case kLicenses:
            return sentence("Waiting for a free license.");
        case kBurstBufferResources:
        case kBurstBufferStageIn:
            return sentence("Waiting for its burst buffer.");
        default:
            return limit_sentence(job.pending_reason);
    }
}

}  // namespace

views::Sentence wait_sentence(const slurm::Job& job) {
    if (job.state != JobState::Pending) return {};
    switch (job.pending_reason) {
        case kNone:
            return sentence("Waiting for its turn.");
        case kPriority:
            return sentence("Jobs with higher priority are ahead of it.");
        case kDependency:
            return sentence("Waiting for another job to finish.");
        case kResources:
            return sentence("Waiting for enough free resources.");
        case kPartitionNodeLimit:
            return sentence("It requests more nodes than its partition has.");
        case kPartitionTimeLimit:
            return sentence("It requests more time than its partition allows.");
        case kPartitionConfig:
            return sentence("Its partition does not allow what it requests.");
        case kBeginTime:
            return sentence("Scheduled to start at the time you requested.");
        case kJobArrayTaskLimit:
            return sentence("The array is already running as many tasks as its limit allows.");
        case kDependencyNeverSatisfied:
            return sentence("It will never start: the job it depends on failed.");
        case kBadConstraints:
            return sentence("It will not start as it is: no node has what it requests.");
        case kInvalidAccount:
        case kAccountNotAllowed:
            return sentence("It will not start as it is: its account may not be used there.");
        case kInvalidQos:
        case kQosNotAllowed:
            return sentence(
                "It will not start as it is: its quality of service may not be used there.");
        case kReservationDeleted:
            return sentence("It will not start as it is: its reservation was deleted.");
        default:
            return held_sentence(job);
    }
}

}  // namespace portal
