#pragma once

#include <vector>

#include "handlers/common/graph.h"
#include "handlers/context.h"

namespace portal {

/// Whose traffic: an exact match on one label of the Lustre job metrics.
struct LustreOwner {
    promql::Literal label;
    std::string value;
};

/// Metadata operations (stacked, by operation and file system) and bandwidth (read and write by
/// file system) of one owner, in one query; lines that are zero throughout are left out. Slugs
/// lustre_mdt and lustre_ost. Errors: any Fault of Prometheus.
[[nodiscard]] Result<std::vector<graph::Graph>> lustre_graphs_of(const LustreOwner& owner,
                                                                 const prometheus::Grid& grid,
                                                                 Seconds interval,
                                                                 Context& context);

}  // namespace portal
