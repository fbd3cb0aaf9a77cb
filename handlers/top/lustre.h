#pragma once

#include "fcgi/http/response.h"
#include "handlers/graphs/endpoint.h"
#include "handlers/visit.h"

namespace portal::top {

/// The graphs of the page: metadata operations, bytes read and written, by user. Each is about one
/// file system, by name.
[[nodiscard]] const graph::Page<std::string>& lustre_graphs();

/// Are there Lustre measurements?
[[nodiscard]] bool has_lustre(const Site& site);

/// GET /secure/top/lustre/: the heaviest users of each file system.
[[nodiscard]] Response lustre_page(const Visit& visit, Context& context);

}  // namespace portal::top
