#pragma once

#include "handlers/graphs/graph.h"

/// What becomes of graphs with more lines than one can tell apart.
namespace portal::graph {

/// Past eight series of one id: the smallest, median and largest value at each point, and the three
/// series with the highest or lowest mean by name. Does nothing to fewer.
enum class Worst { Highest, Lowest };
void fold_min_median_max(Graph& graph, Worst worst);

/// Past twelve series: those with the largest mean over the whole time (a gap counts as nothing),
/// as many of each id that has several, in the order they were in; then the sum of the rest of each
/// id as one series more: `others` for those of id `user`, else `others_ID`. Does nothing to fewer.
void fold_largest(Graph& graph);

}  // namespace portal::graph
