#pragma once

#include "fcgi/http/response.h"
#include "handlers/graphs/family.h"
#include "handlers/visit.h"

namespace portal::jobstats {

/// Whose graphs.
struct GraphOwner {
    Username login;
    slurm::Owner jobs;
};

/// The graphs of the user page.
[[nodiscard]] const graph::Families<GraphOwner>& user_families();

/// GET /secure/jobstats/{username}/graph/{graph}.json
[[nodiscard]] Response user_graph(const Visit& visit, Context& context);

}  // namespace portal::jobstats
