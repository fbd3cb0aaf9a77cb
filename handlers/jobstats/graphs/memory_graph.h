#pragma once

#include <string_view>
#include <vector>

#include "handlers/graphs/family.h"

namespace portal::jobstats {

/// The lines of a job's memory, by kind.
[[nodiscard]] const std::vector<graph::Line>& memory_lines();
/// That of them which is told by node.
inline constexpr std::string_view kMemoryByNode = "memory_usage";

/// Ends the axis at the highest value. In a summary, what was allocated becomes the limit if it is
/// one value for all lines and all the time.
void finish_memory(graph::Graph& graph, graph::Detail detail);

}  // namespace portal::jobstats
