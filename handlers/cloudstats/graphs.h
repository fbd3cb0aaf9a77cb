#pragma once

#include "fcgi/http/response.h"
#include "handlers/cloudstats/instances.h"
#include "handlers/graphs/family.h"
#include "handlers/visit.h"

namespace portal::cloudstats {

/// The graphs of a project and of a machine, in the order of the pages.
[[nodiscard]] const graph::Families<Which>& cloud_families();

/// GET /secure/cloudstats/project/{project}/graph/{graph}.json: by machine.
[[nodiscard]] Response project_graph(const Visit& visit, Context& context);

/// GET /secure/cloudstats/project/{project}/{uuid}/graph/{graph}.json: by virtual core, disk,
/// network card.
[[nodiscard]] Response instance_graph(const Visit& visit, Context& context);

}  // namespace portal::cloudstats
