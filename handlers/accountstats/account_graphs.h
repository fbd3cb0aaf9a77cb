#pragma once

#include <string_view>
#include <vector>

#include "fcgi/http/response.h"
#include "handlers/access/account_name.h"
#include "handlers/graphs/graph.h"
#include "handlers/visit.h"

namespace portal::accountstats {

/// GET /secure/accountstats/{account}/graph/{graph}.json
[[nodiscard]] Response account_graph(const Visit& visit, Context& context);

/// What an account's graph asks about.
struct AccountAsk {
    const AccountName& account;
    prometheus::Grid grid;
    Seconds interval;  ///< of the exporter
};

/// Graphs, and what to say under them.
struct Drawn {
    std::vector<graph::Graph> graphs;
    std::vector<graph::Notice> notices;
};

/// An empty graph.
[[nodiscard]] graph::Graph blank(std::string_view slug, graph::Unit unit, graph::Stack stack);

/// Lines of one user of the account; empty values: not measured.
struct UserLines {
    std::string user;  ///< empty: the series named none
    std::vector<double> allocated;
    std::vector<double> used;
};

/// Adds a line for each user to the graphs allocated, used and wasted (allocated - used where both
/// are known, never below zero), those who hold most first.
void add_users(std::vector<graph::Graph>& graphs, std::vector<UserLines> users);

/// Power of the account's GPUs by user: allocated is what the site's table says they may draw.
/// Slugs gpu_power_allocated, gpu_power_used, gpu_power_wasted. Errors: any Fault of Prometheus.
[[nodiscard]] Result<Drawn> power_graphs(const AccountAsk& ask, Context& context);

/// What was held and used against the allocation, and the priority that follows. Slugs
/// cpu_allocation and cpu_priority, gpu_allocation and gpu_priority. Errors: any Fault of
/// Prometheus.
[[nodiscard]] Result<Drawn> cpu_priority_graphs(const AccountAsk& ask, Context& context);
[[nodiscard]] Result<Drawn> gpu_priority_graphs(const AccountAsk& ask, Context& context);

}  // namespace portal::accountstats
