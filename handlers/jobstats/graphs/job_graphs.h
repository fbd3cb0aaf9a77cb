#pragma once

// handlers/jobstats/graphs is the tables of graphs of a job and of a user. The engine is in
// handlers/graphs, the words are with the pages in views. May include what the module may, and the
// room run.

#include <string_view>

#include "handlers/graphs/endpoint.h"
#include "handlers/jobstats/run/job_run.h"

namespace portal::jobstats {

/// The graphs of the job page in its order, by the section that shows them.
[[nodiscard]] const graph::Page<JobRun>& job_graphs();

/// Whether it is the id of a graph of that page (graph-SLUG) or of a section of them.
[[nodiscard]] bool is_graph_anchor(std::string_view id);

}  // namespace portal::jobstats
