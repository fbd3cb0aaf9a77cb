#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "handlers/graphs/family.h"
#include "views/parts/charts/charts.h"

namespace portal::graph {

/// The charts of a family's graphs, in the order of its rows, but for those of which the site's
/// exporters have no line. They share one answer: `page`graph/FAMILY.json`query`.
template <class Subject>
[[nodiscard]] std::vector<views::ChartRef> charts_of(const Family<Subject>& family,
                                                     const std::string& page,
                                                     const std::string& query, const Site& site) {
    const std::string source = page + "graph/" + std::string(family.slug) + ".json" + query;
    std::vector<views::ChartRef> charts;
    for (const Row& row : family.graphs) {
        const bool known =
            row.lines.empty() || std::any_of(row.lines.begin(), row.lines.end(),
                                             [&](const Line& line) { return line.known_to(site); });
        if (known) charts.push_back({std::string(row.slug), source});
    }
    return charts;
}

}  // namespace portal::graph
