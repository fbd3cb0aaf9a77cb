#include "handlers/sources/slurm/wait_reason.h"

#include <algorithm>
#include <array>

namespace portal::slurm {
namespace {

constexpr WaitReason kLastKnown = WaitReason::ResvDeleted;

/// Limits on what a single job requests, in all or on a node, and least sizes. In order.
constexpr std::array kLimitsOfJob = {
    WaitReason::QosMaxCpuPerJob,
    WaitReason::QosMaxCpuMinsPerJob,
    WaitReason::QosMaxNodePerJob,
    WaitReason::QosMaxWallPerJob,
    WaitReason::QosMinCpu,
    WaitReason::AssocMaxCpuPerJob,
    WaitReason::AssocMaxCpuMinsPerJob,
    WaitReason::AssocMaxNodePerJob,
    WaitReason::AssocMaxWallPerJob,
    WaitReason::AssocMaxUnkPerJob,
    WaitReason::AssocMaxUnkPerNode,
    WaitReason::AssocMaxUnkMinsPerJob,
    WaitReason::AssocMaxCpuPerNode,
    WaitReason::AssocMaxMemPerJob,
    WaitReason::AssocMaxMemPerNode,
    WaitReason::AssocMaxMemMinsPerJob,
    WaitReason::AssocMaxNodeMinsPerJob,
    WaitReason::AssocMaxEnergyPerJob,
    WaitReason::AssocMaxEnergyPerNode,
    WaitReason::AssocMaxEnergyMinsPerJob,
    WaitReason::AssocMaxGresPerJob,
    WaitReason::AssocMaxGresPerNode,
    WaitReason::AssocMaxGresMinsPerJob,
    WaitReason::AssocMaxLicPerJob,
    WaitReason::AssocMaxLicMinsPerJob,
    WaitReason::AssocMaxBbPerJob,
    WaitReason::AssocMaxBbPerNode,
    WaitReason::AssocMaxBbMinsPerJob,
    WaitReason::QosMaxUnkPerJob,
    WaitReason::QosMaxUnkPerNode,
    WaitReason::QosMaxUnkMinsPerJob,
    WaitReason::QosMinUnk,
    WaitReason::QosMaxCpuPerNode,
    WaitReason::QosMaxMemMinsPerJob,
    WaitReason::QosMaxMemPerJob,
    WaitReason::QosMaxMemPerNode,
    WaitReason::QosMinMem,
    WaitReason::QosMaxEnergyPerJob,
    WaitReason::QosMaxEnergyPerNode,
    WaitReason::QosMaxEnergyMinsPerJob,
    WaitReason::QosMinEnergy,
    WaitReason::QosMaxNodeMinsPerJob,
    WaitReason::QosMinNode,
    WaitReason::QosMaxGresPerJob,
    WaitReason::QosMaxGresPerNode,
    WaitReason::QosMaxGresMinsPerJob,
    WaitReason::QosMinGres,
    WaitReason::QosMaxLicPerJob,
    WaitReason::QosMaxLicMinsPerJob,
    WaitReason::QosMinLic,
    WaitReason::QosMaxBbPerJob,
    WaitReason::QosMaxBbPerNode,
    WaitReason::QosMaxBbMinsPerJob,
    WaitReason::QosMinBb,
    WaitReason::PnMemLimit,
    WaitReason::AssocMaxBillingPerJob,
    WaitReason::AssocMaxBillingPerNode,
    WaitReason::AssocMaxBillingMinsPerJob,
    WaitReason::QosMaxBillingPerJob,
    WaitReason::QosMaxBillingPerNode,
    WaitReason::QosMaxBillingMinsPerJob,
    WaitReason::QosMinBilling,
};

WaitClass limit_class(WaitReason reason) {
    if (reason > kLastKnown) return WaitClass::Unknown;
    const bool of_job = std::binary_search(kLimitsOfJob.begin(), kLimitsOfJob.end(), reason);
    return of_job ? WaitClass::LimitOfJob : WaitClass::LimitOfAccount;
}

}  // namespace

WaitClass wait_class(WaitReason reason) {
    switch (reason) {
        case WaitReason::NoReason:
        case WaitReason::Priority:
        case WaitReason::Time:
        case WaitReason::ArrayTaskLimit:
            return WaitClass::Turn;
        case WaitReason::Dependency:
        case WaitReason::DepInvalid:
            return WaitClass::Dependency;
        case WaitReason::Held:
        case WaitReason::HeldUser:
        case WaitReason::MaxRequeue:
            return WaitClass::Held;
        case WaitReason::PartNodeLimit:
        case WaitReason::PartTimeLimit:
        case WaitReason::PartConfig:
        case WaitReason::PartDown:
        case WaitReason::PartInactive:
        case WaitReason::DownPartition:
            return WaitClass::Partition;
        case WaitReason::Resources:
        case WaitReason::NodeNotAvail:
        case WaitReason::FrontEnd:
        case WaitReason::DownNode:
            return WaitClass::Nodes;
        case WaitReason::Licenses:
            return WaitClass::Licenses;
        case WaitReason::Reservation:
        case WaitReason::ResvDeleted:
            return WaitClass::Reservation;
        case WaitReason::BurstBufferResource:
        case WaitReason::BurstBufferStaging:
            return WaitClass::BurstBuffer;
        case WaitReason::BadConstraints:
        case WaitReason::InvalidAccount:
        case WaitReason::Account:
        case WaitReason::InvalidQos:
        case WaitReason::Qos:
            return WaitClass::NotAllowed;
        default:
            return limit_class(reason);
    }
}

}  // namespace portal::slurm
