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
            return sentence("It waits for nodes that are down to come back.");
        case WaitClass::Licenses:
            return sentence("It waits for a free license.");
        case WaitClass::Reservation:
            return sentence("It waits for its reservation.");
        case WaitClass::BurstBuffer:
            return sentence("It waits for its burst buffer.");
        case WaitClass::Dependency:
            return sentence("It waits for another job to end.");
        case WaitClass::LimitOfJob:
            return sentence(
                "It asks for more or less than its account, quality of service or partition "
                "allows, and will not start as it is.");
        case WaitClass::LimitOfAccount:
            return sentence("A limit of the account or the cluster holds it back for now.");
        case WaitClass::Unknown:
            return sentence("Slurm holds it back for its reason number {0}.",
                            {views::number_argument(static_cast<std::uint32_t>(reason))});
        case WaitClass::Turn:
        case WaitClass::Held:
        case WaitClass::NotAllowed:
            break;
    }
    return sentence("It waits for its turn.");
}

/// Why it will not start as it is, or who has to act first.
views::Sentence blocked_sentence(WaitReason reason, JobId id) {
    switch (reason) {
        case WaitReason::Held:
            return sentence("An administrator holds it.");
        case WaitReason::HeldUser:
            return sentence("You hold it. Release it with: scontrol release {0}",
                            {views::text_argument(std::to_string(id.value))});
        case WaitReason::MaxRequeue:
            return sentence("Slurm holds it: it was put back into the queue too often.");
        case WaitReason::DepInvalid:
            return sentence("It will never start: the job it depends on failed.");
        case WaitReason::BadConstraints:
            return sentence("It will not start as it is: no node has what it asks for.");
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
            return sentence("Jobs of higher priority come first.");
        case WaitReason::Resources:
            return sentence("It waits for free nodes.");
        case WaitReason::NodeNotAvail:
            return sentence("Nodes that it needs are not available, perhaps for maintenance.");
        case WaitReason::PartNodeLimit:
            return sentence("It asks for more nodes than its partition has.");
        case WaitReason::PartTimeLimit:
            return sentence("It asks for more time than its partition allows.");
        case WaitReason::PartConfig:
            return sentence("Its partition does not allow what it asks for.");
        case WaitReason::Time:
            return sentence("It starts at the time it asked for.");
        case WaitReason::ArrayTaskLimit:
            return sentence("Its array runs as many tasks at once as it may.");
        default:
            return blocked_sentence(job.pending_reason, job.id);
    }
}

}  // namespace portal
