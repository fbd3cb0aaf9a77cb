#pragma once

#include "handlers/graphs/family.h"
#include "handlers/jobstats/run/job_run.h"

namespace portal::jobstats {

/// Traffic of the nodes, other jobs included: `infiniband_bdw` by port, `ethernet_bdw` by device.
/// Of Ethernet each node shows one layer only: its devices, or the bonds and bridges that are made
/// of them, or the VLANs on top, since the same bytes go through all of these. Devices without
/// traffic are left out.
[[nodiscard]] graph::Family<JobRun> network_family();

}  // namespace portal::jobstats
