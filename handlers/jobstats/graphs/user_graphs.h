#pragma once

#include "handlers/graphs/endpoint.h"

namespace portal::jobstats {

/// Whose graphs.
struct GraphOwner {
    Username login;
    slurm::Owner jobs;
};

/// The graphs of the user page.
[[nodiscard]] const graph::Page<GraphOwner>& user_graphs();

}  // namespace portal::jobstats
