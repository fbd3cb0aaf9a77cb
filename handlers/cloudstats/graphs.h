#pragma once

#include <span>
#include <string_view>

#include "fcgi/http/response.h"
#include "handlers/visit.h"

namespace portal::cloudstats {

/// GET /secure/cloudstats/project/{project}/graph/{graph}.json: by machine.
[[nodiscard]] Response project_graph(const Visit& visit, Context& context);

/// GET /secure/cloudstats/project/{project}/{uuid}/graph/{graph}.json: by virtual core, disk,
/// network card.
[[nodiscard]] Response instance_graph(const Visit& visit, Context& context);

/// Names of the graphs, in the order of the pages.
[[nodiscard]] std::span<const std::string_view> graph_slugs();

}  // namespace portal::cloudstats
