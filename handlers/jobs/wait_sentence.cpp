#include "handlers/jobs/wait_sentence.h"

#include <string>

namespace portal {
namespace {

using slurm::WaitClass;
using slurm::WaitReason;
using views::sentence;

/// Where the class of a reason says all there is to say.
views::Sentence class_sentence(WaitReason reason) {
    switch (slurm::wait_class(reason)) {
        case WaitClass::Partition:
            return sentence("Its partition is closed at the moment.");
        case WaitClass::Nodes:
            return sentence("Waiting for nodes that are down to come back.");
        case WaitClass::Licenses:
            return sentence("Waiting for a free license.");
        case WaitClass::Reservation:
            return sentence("Waiting for its reservation.");
        case WaitClass::BurstBuffer:
            return sentence("Waiting for its burst buffer.");
        case WaitClass::Dependency:
            return sentence("Waiting for another job to finish.");
        case WaitClass::LimitOfJob:
            return sentence(
                "It requests more or less than its account, quality of service or partition "
                "allows, and will not start as it is.");
        case WaitClass::LimitOfAccount:
            return sentence("A limit of the account or the cluster is holding it back for now.");
        case WaitClass::Unknown:
            return sentence("Slurm gives reason {0}, which this portal does not know.",
                            {views::number_argument(static_cast<std::uint32_t>(reason))});
        case WaitClass::Turn:
        case WaitClass::Held:
        case WaitClass::NotAllowed:
            break;
    }
    return sentence("Waiting for its turn.");
}

/// Why it will not start as it is, or who has to act first.
views::Sentence blocked_sentence(WaitReason reason, JobId id) {
    switch (reason) {
        case WaitReason::Held:
            return sentence("An administrator put it on hold.");
        case WaitReason::HeldUser:
            return sentence("You put this job on hold. To release it: scontrol release {0}",
                            {views::text_argument(std::to_string(id.value))});
        case WaitReason::MaxRequeue:
            return sentence("Slurm put it on hold: it was requeued too often.");
        case WaitReason::DepInvalid:
            return sentence("It will never start: the job it depends on failed.");
        case WaitReason::BadConstraints:
            return sentence("It will not start as it is: no node has what it requests.");
        case WaitReason::InvalidAccount:
        case WaitReason::Account:
            return sentence("It will not start as it is: its account may not be used there.");
        case WaitReason::InvalidQos:
        case WaitReason::Qos:
            return sentence(
                "It will not start as it is: its quality of service may not be used there.");
        case WaitReason::ResvDeleted:
            return sentence("It will not start as it is: its reservation was deleted.");
        default:
            return class_sentence(reason);
    }
}

}  // namespace

views::Sentence wait_sentence(const slurm::Job& job) {
    if (job.state != JobState::Pending) return {};
    switch (job.pending_reason) {
        case WaitReason::Priority:
            return sentence("Jobs with higher priority are ahead of it.");
        case WaitReason::Resources:
            return sentence("Waiting for enough free resources.");
        case WaitReason::NodeNotAvail:
            return sentence("Nodes it needs are unavailable, perhaps for maintenance.");
        case WaitReason::PartNodeLimit:
            return sentence("It requests more nodes than its partition has.");
        case WaitReason::PartTimeLimit:
            return sentence("It requests more time than its partition allows.");
        case WaitReason::PartConfig:
            return sentence("Its partition does not allow what it requests.");
        case WaitReason::Time:
            return sentence("Scheduled to start at the time you requested.");
        case WaitReason::ArrayTaskLimit:
            return sentence("The array is already running as many tasks as its limit allows.");
        default:
            return blocked_sentence(job.pending_reason, job.id);
    }
}

}  // namespace portal
