#pragma once

#include "handlers/cloudstats/instances.h"
#include "handlers/graphs/endpoint.h"

namespace portal::cloudstats {

/// The graphs of a project, by machine, and of a machine, by virtual core, disk and network card;
/// in the order of the pages.
[[nodiscard]] const graph::Page<Which>& cloud_graphs();

}  // namespace portal::cloudstats
