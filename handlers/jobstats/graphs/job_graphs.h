#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "handlers/graphs/graph.h"
#include "handlers/jobstats/job/job_run.h"
#include "handlers/visit.h"

namespace portal::jobstats {

/// All that a family of graphs asks about: the attempt, the range, the grid of its exporter.
struct GraphRequest {
    const JobRun& run;
    TimeRange range;
    prometheus::Grid grid;
    Seconds interval;
    bool all_series = false;  ///< ?series=all
    const Site& site;
};

/// Graphs that one query serves. `slugs` are those of contract 5.1; the family's own URL answers
/// them all.
struct GraphFamily {
    std::string_view slug;
    std::vector<std::string_view> slugs;
    std::string_view section;  ///< cpu, memory, gpu, files, node, power
    bool (*shown)(const JobRun&, const Site&);
    Seconds (*interval)(const Site&);
    Result<std::vector<graph::Graph>> (*answer)(const GraphRequest&, Context&);
};

/// All families in the order of the page.
[[nodiscard]] std::span<const GraphFamily> graph_families();

/// Families, one function each. Errors: any Fault of Prometheus.
[[nodiscard]] Result<std::vector<graph::Graph>> cpu_graphs(const GraphRequest& ask,
                                                           Context& context);
[[nodiscard]] Result<std::vector<graph::Graph>> memory_graphs(const GraphRequest& ask,
                                                              Context& context);
[[nodiscard]] Result<std::vector<graph::Graph>> gpu_graphs(const GraphRequest& ask,
                                                           Context& context);
[[nodiscard]] Result<std::vector<graph::Graph>> lustre_graphs(const GraphRequest& ask,
                                                              Context& context);
[[nodiscard]] Result<std::vector<graph::Graph>> network_graphs(const GraphRequest& ask,
                                                               Context& context);
[[nodiscard]] Result<std::vector<graph::Graph>> disk_graphs(const GraphRequest& ask,
                                                            Context& context);
[[nodiscard]] Result<std::vector<graph::Graph>> power_graphs(const GraphRequest& ask,
                                                             Context& context);

/// GET /secure/jobstats/{username}/{job_id}/graph/{graph}.json
[[nodiscard]] Response job_graph(const Visit& visit, Context& context);

}  // namespace portal::jobstats
