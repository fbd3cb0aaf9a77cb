#pragma once

#include <vector>

#include "handlers/context.h"
#include "handlers/graphs/graph.h"

namespace portal {

/// Whose traffic: an exact match on one label of the Lustre job metrics.
struct LustreOwner {
    promql::Literal label;
    std::string value;
};

/// What the lines are told apart by, beside the file system: the kind of operation (metadata only),
/// or the user. Operations of a user have the id `user`, or `other` where none is named.
enum class LustreLines { Operations, Users };

/// Metadata operations (stacked) and bandwidth (read and write) of one owner, by file system, in
/// one query; lines that are zero throughout are left out. Slugs lustre_mdt and lustre_ost. Errors:
/// any Fault of Prometheus.
[[nodiscard]] Result<std::vector<graph::Graph>> lustre_graphs_of(const LustreOwner& owner,
                                                                 LustreLines lines,
                                                                 const prometheus::Grid& grid,
                                                                 Seconds interval,
                                                                 Context& context);

}  // namespace portal
