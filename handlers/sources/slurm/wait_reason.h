#pragma once

#include <cstdint>

namespace portal::slurm {

/// Why a job waits: the numbers that the accounting database keeps, named as in Slurm's enum
/// job_state_reason without WAIT_ or FAIL_. They are the same in all supported releases; FrontEnd
/// was removed in 23.11. Numbers without a name here are other limits of an account or a quality
/// of service, or of a later release: see wait_class().
enum class WaitReason : std::uint32_t {
    NoReason = 0,
    Priority = 1,
    Dependency = 2,
    Resources = 3,
    PartNodeLimit = 4,
    PartTimeLimit = 5,
    PartDown = 6,
    PartInactive = 7,
    Held = 8,
    Time = 9,
    Licenses = 10,
    Reservation = 14,
    NodeNotAvail = 15,
    HeldUser = 16,
    FrontEnd = 17,
    DownPartition = 19,
    DownNode = 20,
    BadConstraints = 21,
    InvalidAccount = 27,
    InvalidQos = 28,
    Qos = 37,
    Account = 38,
    DepInvalid = 39,
    QosMaxCpuPerJob = 48,
    QosMaxCpuMinsPerJob = 49,
    QosMaxNodePerJob = 50,
    QosMaxWallPerJob = 51,
    QosMinCpu = 56,
    AssocMaxCpuPerJob = 66,
    AssocMaxCpuMinsPerJob = 67,
    AssocMaxNodePerJob = 68,
    AssocMaxWallPerJob = 69,
    MaxRequeue = 71,
    ArrayTaskLimit = 72,
    BurstBufferResource = 73,
    BurstBufferStaging = 74,
    AssocMaxUnkPerJob = 81,
    AssocMaxUnkPerNode = 82,
    AssocMaxUnkMinsPerJob = 83,
    AssocMaxCpuPerNode = 84,
    AssocMaxMemPerJob = 87,
    AssocMaxMemPerNode = 88,
    AssocMaxMemMinsPerJob = 89,
    AssocMaxNodeMinsPerJob = 92,
    AssocMaxEnergyPerJob = 96,
    AssocMaxEnergyPerNode = 97,
    AssocMaxEnergyMinsPerJob = 98,
    AssocMaxGresPerJob = 102,
    AssocMaxGresPerNode = 103,
    AssocMaxGresMinsPerJob = 104,
    AssocMaxLicPerJob = 108,
    AssocMaxLicMinsPerJob = 109,
    AssocMaxBbPerJob = 113,
    AssocMaxBbPerNode = 114,
    AssocMaxBbMinsPerJob = 115,
    QosMaxUnkPerJob = 119,
    QosMaxUnkPerNode = 120,
    QosMaxUnkMinsPerJob = 122,
    QosMinUnk = 123,
    QosMaxCpuPerNode = 124,
    QosMaxMemMinsPerJob = 127,
    QosMaxMemPerJob = 128,
    QosMaxMemPerNode = 129,
    QosMinMem = 131,
    QosMaxEnergyPerJob = 135,
    QosMaxEnergyPerNode = 136,
    QosMaxEnergyMinsPerJob = 138,
    QosMinEnergy = 139,
    QosMaxNodeMinsPerJob = 142,
    QosMinNode = 143,
    QosMaxGresPerJob = 147,
    QosMaxGresPerNode = 148,
    QosMaxGresMinsPerJob = 150,
    QosMinGres = 151,
    QosMaxLicPerJob = 155,
    QosMaxLicMinsPerJob = 157,
    QosMinLic = 158,
    QosMaxBbPerJob = 162,
    QosMaxBbPerNode = 163,
    QosMaxBbMinsPerJob = 165,
    QosMinBb = 166,
    PartConfig = 178,
    PnMemLimit = 182,
    AssocMaxBillingPerJob = 186,
    AssocMaxBillingPerNode = 187,
    AssocMaxBillingMinsPerJob = 188,
    QosMaxBillingPerJob = 192,
    QosMaxBillingPerNode = 193,
    QosMaxBillingMinsPerJob = 195,
    QosMinBilling = 197,
    ResvDeleted = 198,
};

/// What has to change before a waiting job can start.
enum class WaitClass {
    Turn,            ///< nothing: it waits in the queue, or for the time it requested
    Dependency,      ///< another job
    Held,            ///< somebody, or Slurm itself, has to release it
    Partition,       ///< the partition, or what the job requests of it
    Nodes,           ///< nodes that are down, reserved or busy
    Licenses,        ///< a license
    Reservation,     ///< its reservation
    BurstBuffer,     ///< its burst buffer
    NotAllowed,      ///< its account, quality of service or constraints: it never starts as it is
    LimitOfJob,      ///< what this one job requests, in all or on a node: it never starts as it is
    LimitOfAccount,  ///< what others of the account or quality of service use
    Unknown,         ///< a number of a later release
};

[[nodiscard]] WaitClass wait_class(WaitReason reason);

}  // namespace portal::slurm
