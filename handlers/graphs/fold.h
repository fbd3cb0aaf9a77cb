#pragma once

#include <optional>
#include <string_view>

#include "handlers/graphs/graph.h"

/// What becomes of graphs with more lines than one can tell apart.
namespace portal::graph {

/// Lines, cores or nodes that one can still tell apart; more of them are folded.
inline constexpr std::size_t kMostPlain = 8;

/// Which lines, nodes or GPUs are named: those with the highest or the lowest mean.
enum class Worst { Highest, Lowest };

/// More lines of one id: the smallest, median and largest value at each point, and the three worst
/// lines by name. Does nothing to fewer.
void fold_min_median_max(Graph& graph, Worst worst);
template <Worst worst>
void fold_to_worst(Graph& graph) {
    fold_min_median_max(graph, worst);
}

/// Past twelve series: those with the largest mean over the whole time (a gap counts as nothing),
/// as many of each id that has several, in the order they were in; then the sum of the rest of each
/// id as one series more: `others` for those of id `user`, else `others_ID`. Does nothing to fewer.
void fold_largest(Graph& graph);

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

/// For more nodes: the lines of each id added up, or their mean where they are percentages, and
/// which nodes are far from the others. False, and nothing is done, for fewer.
[[nodiscard]] bool sum_nodes(Graph& graph, const NodeView& how);

/// One line for each node, or each GPU of a graph that tells them apart, the worst first by its
/// mean; those without a value are the last. The end of the axis is the share of a node.
void list_nodes(Graph& graph, const NodeView& how);

}  // namespace portal::graph
