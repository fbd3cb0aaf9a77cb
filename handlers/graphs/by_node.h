#pragma once

#include <string_view>
#include <vector>

#include "handlers/graphs/fold.h"
#include "handlers/graphs/graph.h"

/// Graphs of jobs with more nodes than lines can be told apart: all nodes together at first, and
/// each on a row of its own for whoever asks.
namespace portal::graph {

/// Whether the limit of a graph is that of all nodes together or of each GPU.
enum class LimitOf { All, Each };

/// How a graph is told by node.
struct NodeView {
    Worst worst = Worst::Lowest;  ///< which nodes are told first
    /// Least distance from the median that is worth a word, in the graph's unit.
    double apart = 0;
    std::string_view id = {};  ///< of the lines that count; empty: all
    LimitOf limit = LimitOf::All;
};

/// From nine nodes on: the lines of each id added up, or their mean where they are percentages, and
/// who stands apart. False, and nothing is done, for fewer.
[[nodiscard]] bool sum_nodes(Graph& graph, const NodeView& how);

/// One line for each node, or each GPU of a graph that tells them apart, the worst first by its
/// mean; those without a value are the last. The end of the axis is the share of a node.
void list_nodes(Graph& graph, const NodeView& how);

}  // namespace portal::graph
