#pragma once

#include "fcgi/http/response.h"
#include "handlers/graphs/family.h"
#include "handlers/visit.h"

namespace portal::top {

/// The graphs of the page; each is about one file system, by name.
[[nodiscard]] const graph::Families<std::string>& lustre_families();

/// Are there Lustre measurements?
[[nodiscard]] bool has_lustre(const Site& site);

/// GET /secure/top/lustre/: the heaviest users of each file system.
[[nodiscard]] Response lustre_page(const Visit& visit, Context& context);

/// GET /secure/top/lustre/graph/lustre_mdt/{fs}.json: metadata operations by user.
[[nodiscard]] Response lustre_operations_graph(const Visit& visit, Context& context);

/// GET /secure/top/lustre/graph/lustre_ost_{rw}/{fs}.json: bytes read or written by user.
[[nodiscard]] Response lustre_bytes_graph(const Visit& visit, Context& context);

}  // namespace portal::top
