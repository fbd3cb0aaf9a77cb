#pragma once

#include <string>

#include "handlers/graphs/graph.h"

namespace portal::graph {

/// JSON of an answer, numbers with four significant digits.
[[nodiscard]] std::string to_json(const Answer& answer);

}  // namespace portal::graph
